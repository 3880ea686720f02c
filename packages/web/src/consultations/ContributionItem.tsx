import { getContribution, type Said } from '@tocsin/api/consultations.ts'
import type { OrganisationId } from '@tocsin/domain/brand.ts'
import type { AgendaItem, ConsultationId } from '@tocsin/domain/consultation.ts'
import {
  type Contribution,
  type ContributionId,
  translationsOf,
} from '@tocsin/domain/contribution.ts'
import { Locale } from '@tocsin/domain/locale.ts'
import type { AudienceId } from '@tocsin/domain/network.ts'
import { contributionRef } from '@tocsin/records/stix/contribution.ts'
import { useState } from 'react'
import { ActButton } from '../identity/ActButton.tsx'
import { useSelf } from '../identity/self.ts'
import { formatShortDay, timeOf } from '../matters/moment.ts'
import { useShell } from '../shell/context.ts'
import { formatInstant, setApart } from '../shell/format.ts'
import { languageNames } from '../shell/Preferences.tsx'
import { RichTextView } from './RichTextView.tsx'

export type Answering = { readonly kind: 'reply' | 'translate'; readonly to: Said }

type Props = {
  readonly one: Said
  readonly all: readonly Said[]
  readonly consultation: ConsultationId
  readonly thread: OrganisationId | undefined
  readonly agenda: readonly AgendaItem[]
  readonly asOf: string
  readonly closedAt: string | null
  /** Answers it or puts it into another language; undefined where the reader cannot. */
  readonly answer: ((answering: Answering) => void) | undefined
}

/** One contribution: who said it and when, the words, and in which languages they can be read. */
export function ContributionItem(props: Props) {
  const { one, agenda, asOf, closedAt } = props
  const { t, locale } = useShell()
  const item = agenda.find(({ n }) => n === one.item)
  const target = props.all.find(({ id }) => id === one.replyTo)
  const name = one.heard?.name ?? one.organisationName
  return (
    <li id={`c-${one.id}`}>
      <div className="a">
        <b>
          <bdi>{name}</bdi>
        </b>
        <time dateTime={one.saidAt}>
          {formatShortDay(locale, one.saidAt, asOf as never)} {timeOf(one.saidAt)}
        </time>
        <span>
          <bdi>{[one.by.name, one.by.office].filter(Boolean).join(', ')}</bdi>
        </span>
      </div>
      <div>
        <p className="told">
          {one.kind !== 'statement' && (
            <span className={one.kind === 'dissent' ? 'chip hold' : 'chip'}>
              {t(`room.kind-${one.kind}`)}
            </span>
          )}
          {item && <span>{t('room.item', { n: item.n, title: setApart(item.title) })}</span>}
          {one.replyTo && (
            <span>
              {target ? (
                <a href={`#c-${target.id}`}>
                  {t('room.in-reply', {
                    name: setApart(target.heard?.name ?? target.organisationName),
                  })}
                </a>
              ) : (
                t('room.in-reply-gone')
              )}
            </span>
          )}
          {one.heard && (
            <span>{t('room.passed-on', { name: setApart(one.organisationName) })}</span>
          )}
          {one.byMail && <span>{t('room.by-mail')}</span>}
          {one.writtenAt && (
            <span>{t('room.written-at', { at: formatInstant(locale, one.writtenAt) })}</span>
          )}
          {closedAt && one.saidAt > closedAt && <span className="hold">{t('room.late')}</span>}
        </p>
        <RichTextView text={one.text} locale={one.locale} />
        <Languages {...props} />
        <Acts {...props} />
      </div>
    </li>
  )
}

function Languages({ one, consultation, thread }: Props) {
  const { t, locale, client } = useShell()
  const [shown, show] = useState<Contribution>()
  const asTold = one.translations.map(({ locale: into, isMachine }) => ({
    locale: into,
    translates: { contribution: one.id, isMachine },
  }))
  const states = translationsOf(one, asTold)
  const missing = Locale.options.filter((language) => states[language] === 'none')
  const open = async (contribution: ContributionId) => {
    const query = thread ? { thread } : {}
    show(await client(getContribution, { params: { consultation, contribution }, query }))
  }
  const list = (languages: readonly Locale[]) =>
    new Intl.ListFormat(locale, { type: 'unit' }).format(
      languages.map((language) => languageNames[language]),
    )
  return (
    <>
      <p className="langs-told">
        <span>{t('room.original', { language: languageNames[one.locale] })}</span>
        {one.translations.map(({ locale: into, isMachine, id, by }) => (
          <span key={id}>
            {t(isMachine ? 'room.machine' : 'room.translated', {
              language: languageNames[into],
              by: setApart(by),
            })}{' '}
            <span className="noprint">
              <ActButton deed={() => open(id)} about={languageNames[into]}>
                {t('room.show-translation')}
              </ActButton>
            </span>
          </span>
        ))}
        {missing.length > 0 && (
          <span className="noprint">{t('room.not-translated', { languages: list(missing) })}</span>
        )}
      </p>
      {shown && <RichTextView text={shown.text} locale={shown.locale} />}
    </>
  )
}

function Acts({ one, answer, consultation, thread }: Props) {
  const { t } = useShell()
  const own = useSelf()?.organisation.id
  if (!answer) return null
  const name = setApart(one.organisationName)
  const isOwn = one.organisation === own && !one.heard && !thread
  const object = contributionRef('contribution', one.id, consultation as string as AudienceId)
  return (
    <p className="acts noprint">
      {(['reply', 'translate'] as const).map((kind) => (
        <button key={kind} type="button" className="b q" onClick={() => answer({ kind, to: one })}>
          {t(`room.${kind}`)}
          <span className="vh"> {name}</span>
        </button>
      ))}
      {isOwn && (
        <a className="b q" href={`/network/withdrawals?object=${object}`}>
          {t('room.take-back')}
        </a>
      )}
    </p>
  )
}
