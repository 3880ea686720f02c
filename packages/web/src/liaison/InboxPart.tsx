import { acknowledgeLiaisonNote, type ReceivedNote } from '@tocsin/api/liaison.ts'
import { noteSymbol } from '@tocsin/domain/liaison-note.ts'
import { LongField } from '../docket/LongField.tsx'
import { ActForm, textOf } from '../identity/ActForm.tsx'
import { addressTo } from '../shell/address.ts'
import { useShell } from '../shell/context.ts'
import { formatInstant } from '../shell/format.ts'
import { MarkingWords } from '../shell/Masthead.tsx'
import type { DeskProps } from './LiaisonPage.tsx'
import { NoteBody } from './NoteBody.tsx'

/** Notes that came over the network, for the Office: each with its receipt, one opened to be read. */
export function InboxPart({ desk, search, mayWork }: DeskProps) {
  const { t, locale } = useShell()
  const { received } = desk
  const opened = received.find(({ object }) => object === search['received'])
  return (
    <section className="sec" id="inbox" aria-labelledby="inbox-title">
      <div className="h">
        <h2 id="inbox-title">{t('liaison.inbox')}</h2>
      </div>
      <p className="two">{t('liaison.inbox-hint')}</p>
      <ul className="list liaison-list">
        {received.map((one) => (
          <li key={one.object}>
            <h3>
              <a
                href={`${addressTo('/liaison', { ...search, received: one.object })}#received`}
                aria-current={one === opened || undefined}
                data-stay
              >
                <bdi>{one.author}</bdi>
                {' · '}
                <bdi>{noteSymbol(one.note)}</bdi>
              </a>
            </h3>
            <p className="sm">
              <span className={one.receipt ? 'chip ok' : 'chip'}>
                {one.receipt
                  ? t('liaison.inbox-acknowledged', { at: formatInstant(locale, one.receipt.at) })
                  : t('liaison.inbox-waits')}
              </span>{' '}
              <MarkingWords marking={one.note.marking} />{' '}
              {t('liaison.inbox-came', { at: formatInstant(locale, one.keptAt) })}
            </p>
          </li>
        ))}
      </ul>
      {opened && <Opened key={opened.object} one={opened} desk={desk} mayWork={mayWork} />}
    </section>
  )
}

type OpenedProps = Omit<DeskProps, 'search'> & { readonly one: ReceivedNote }

function Opened({ one, desk, mayWork }: OpenedProps) {
  const { t, client } = useShell()
  const { object, author, note, receipt } = one
  const receive = async (fields: FormData) => {
    const body = { words: textOf(fields, 'words') || null }
    await client(acknowledgeLiaisonNote, { params: { object }, body })
  }
  return (
    <article id="received">
      <h3>
        <bdi>{author}</bdi>
        {' · '}
        <bdi>{noteSymbol(note)}</bdi>
      </h3>
      <NoteBody note={note} found={desk} />
      {receipt?.words && (
        <p className="own-words" dir="auto">
          {receipt.words}
        </p>
      )}
      {mayWork && !receipt && (
        <div className="sign noprint">
          <h3 className="sub">{t('liaison.inbox-receipt')}</h3>
          <p>{t('liaison.inbox-receipt-hint')}</p>
          <ActForm submit={t('liaison.inbox-receipt')} isMain deed={receive}>
            <LongField name="words" label={t('liaison.receipt-words')} rows={3} dir="auto" />
          </ActForm>
        </div>
      )}
    </article>
  )
}
