import type { Said } from '@tocsin/api/consultations.ts'
import {
  discardMailedReply,
  listMailedReplies,
  type MailedReply,
  sayMailedReply,
} from '@tocsin/api/mailed-replies.ts'
import type { OrganisationId } from '@tocsin/domain/brand.ts'
import type { AgendaItem, ConsultationId, ContributionKind } from '@tocsin/domain/consultation.ts'
import type { Saying } from '@tocsin/domain/contribution.ts'
import { Locale } from '@tocsin/domain/locale.ts'
import { RichText, readMarkup } from '@tocsin/domain/rich-text.ts'
import { useCallback, useEffect, useState } from 'react'
import { LongField } from '../docket/LongField.tsx'
import { ActButton } from '../identity/ActButton.tsx'
import { ActForm, textOf } from '../identity/ActForm.tsx'
import { Choice } from '../identity/Field.tsx'
import { useSelf } from '../identity/self.ts'
import { useShell } from '../shell/context.ts'
import { formatInstant, setApart } from '../shell/format.ts'
import { languageNames } from '../shell/Preferences.tsx'

type Props = {
  readonly consultation: ConsultationId
  readonly thread: OrganisationId | undefined
  readonly kinds: readonly ContributionKind[]
  readonly agenda: readonly AgendaItem[]
  /** What is shown of the exchange, where it finds what it answers. */
  readonly said: readonly Said[]
  /** When the exchange was last read: what came by mail is asked for again with it. */
  readonly asOf: string
  /** What is put on record stands in the exchange from then on. */
  readonly onSaid: () => Promise<void>
}

/** What the reader wrote by mail for this room: theirs alone until they put it on record. */
export function MailedPart(props: Props) {
  const { client } = useShell()
  const { consultation, thread, asOf } = props
  const [replies, setReplies] = useState<readonly MailedReply[]>([])
  const look = useCallback(async () => {
    const query = thread ? { thread } : {}
    setReplies((await client(listMailedReplies, { params: { consultation }, query })).replies)
  }, [client, consultation, thread])
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked for again whenever the exchange was
  useEffect(() => {
    // Without a link what is shown stays.
    look().catch(() => undefined)
  }, [look, asOf])
  return replies.map((one) => <Mailed key={one.id} one={one} {...props} look={look} />)
}

type MailedProps = Props & { readonly one: MailedReply; readonly look: () => Promise<void> }

function Mailed({ one, said, consultation, kinds, agenda, look, onSaid }: MailedProps) {
  const { t, locale, client } = useShell()
  const organisation = useSelf()?.organisation.name ?? ''
  const [isRefused, refuse] = useState(false)
  const target = said.find(({ id }) => id === one.replyTo)
  const params = { consultation, contribution: one.id }
  const say = async (fields: FormData) => {
    const text = RichText.safeParse(readMarkup(String(fields.get('text') ?? '')))
    refuse(!text.success)
    if (!text.success) return
    const body = {
      kind: textOf(fields, 'kind') as ContributionKind,
      item: Number(fields.get('item')) || null,
      locale: Locale.parse(textOf(fields, 'locale')),
      text: text.data as Saying['text'],
    }
    await client(sayMailedReply, { params, body })
    await onSaid()
    await look()
  }
  const discard = async () => {
    await client(discardMailedReply, { params })
    await look()
  }
  return (
    <section className="sign waits noprint" aria-labelledby={`mailed-${one.id}`}>
      <h3 id={`mailed-${one.id}`}>{t('room.mailed-title')}</h3>
      {target && (
        <p className="told">
          <a href={`#c-${target.id}`}>
            {t('room.in-reply', { name: setApart(target.heard?.name ?? target.organisationName) })}
          </a>
        </p>
      )}
      <p className="src">
        {t('room.mailed-note', { at: formatInstant(locale, one.receivedAt) })}{' '}
        {one.attachments > 0 && t('room.mail-attachments', { n: one.attachments })}
      </p>
      {kinds.length > 0 && (
        <ActForm submit={t('room.say-send')} deed={say}>
          <LongField
            name="text"
            label={t('room.mailed-text')}
            hint={t('room.say-hint', { name: setApart(organisation) })}
            defaultValue={one.text}
            maxLength={12_000}
            rows={6}
            dir="auto"
            required
          />
          {isRefused && (
            <p className="late" role="alert">
              {t('room.too-long')}
            </p>
          )}
          <div className="says">
            <Choice name="kind" label={t('room.kind')} defaultValue={kinds[0]}>
              {kinds.map((kind) => (
                <option key={kind} value={kind}>
                  {t(`room.kind-${kind}`)}
                </option>
              ))}
            </Choice>
            <Choice name="locale" label={t('room.say-language')} defaultValue={locale}>
              {Locale.options.map((language) => (
                <option key={language} value={language}>
                  {languageNames[language]}
                </option>
              ))}
            </Choice>
            {agenda.length > 0 && (
              <Choice
                name="item"
                label={t('room.say-item')}
                defaultValue={String(target?.item ?? '')}
              >
                <option value="">{t('room.whole')}</option>
                {agenda.map(({ n, title }) => (
                  <option key={n} value={n}>
                    {t('room.item', { n, title })}
                  </option>
                ))}
              </Choice>
            )}
          </div>
        </ActForm>
      )}
      <p className="acts">
        <ActButton deed={discard} about={t('room.mailed-title')}>
          {t('room.drop')}
        </ActButton>
      </p>
    </section>
  )
}
