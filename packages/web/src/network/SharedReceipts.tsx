import { Receipt } from '@tocsin/records/stix/receipt.ts'
import { wordsOf } from '@tocsin/records/stix/shared-object.ts'
import { useShell } from '../shell/context.ts'
import { formatInstant } from '../shell/format.ts'

/** Who acknowledged, answered or read, as far as they told everybody. */
export function SharedReceipts({ receipts }: { readonly receipts: readonly unknown[] }) {
  const { t, locale } = useShell()
  const read = receipts.flatMap((one) => Receipt.safeParse(wordsOf(one)).data ?? [])
  if (read.length === 0) return null
  return (
    <section className="sec">
      <div className="h">
        <h2>{t('shared.receipts')}</h2>
      </div>
      <ul className="ref">
        {read.map((receipt) => (
          <li key={`${receipt.kind} ${receipt.organisation} ${receipt.key}`}>
            <b>{t(`shared.receipt-${receipt.kind}`, { author: receipt.organisationName })}</b>
            {receipt.kind === 'acknowledgement' && t(`letter.reaction-${receipt.reaction}`)}
            {'note' in receipt && receipt.note && <p dir="auto">{receipt.note}</p>}
            {'text' in receipt && <p dir="auto">{receipt.text}</p>}
            {'office' in receipt && <bdi>{`${receipt.name}, ${receipt.office}`}</bdi>}
            <small>{formatInstant(locale, receipt.givenAt)}</small>
          </li>
        ))}
      </ul>
    </section>
  )
}
