import type { Withdrawal } from '@tocsin/api/withdrawal.ts'
import { type Shell, useShell } from '../../shell/context.ts'
import { formatInstant, setApart } from '../../shell/format.ts'

type Props = { readonly withdrawals: readonly Withdrawal[] }

/** What the organisation took back, and who has said that it is erased there. */
export function WithdrawalsPart({ withdrawals }: Props) {
  const { t, locale } = useShell()
  return (
    <section className="sec">
      <div className="h">
        <h2>{t('withdrawal.title')}</h2>
      </div>
      {withdrawals.length === 0 && <p className="two">{t('withdrawal.none')}</p>}
      <ul className="list">
        {withdrawals.map(({ id, object, class: of, reason, by, withdrawnAt, readers }) => (
          <li key={id}>
            <div>
              <bdi>{object}</bdi>
              <p className="two sm">
                {t(`withdrawal.class-${of}`)}
                {by && ` · ${t('withdrawal.by', byAt(by, formatInstant(locale, withdrawnAt)))}`}
              </p>
              {reason && <p dir="auto">{reason}</p>}
            </div>
            {readers.length === 0 ? (
              <p className="two sm">{t('withdrawal.nobody')}</p>
            ) : (
              <ul aria-label={t('withdrawal.readers')}>
                {readers.map((reader) => (
                  <li key={reader.organisation}>
                    <bdi>{reader.name}</bdi> <ReaderState {...reader} />
                  </li>
                ))}
              </ul>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}

const byAt = (name: string, time: string) => ({ name: setApart(name), time })

function ReaderState({ receiptedAt, asked, erased }: Withdrawal['readers'][number]) {
  const { t, locale } = useShell()
  if (receiptedAt === null) {
    return <span className="late">{t('withdrawal.waiting', { n: asked })}</span>
  }
  const time = formatInstant(locale, receiptedAt)
  return (
    <span className="two sm">{t('withdrawal.erased', { time, parts: partsOf(t, erased) })}</span>
  )
}

function partsOf(t: Shell['t'], erased: Withdrawal['readers'][number]['erased']): string {
  if (erased.length === 0) return t('withdrawal.nothing-held')
  return erased.map(({ part, count }) => t(`withdrawal.part-${part}`, { n: count })).join(', ')
}
