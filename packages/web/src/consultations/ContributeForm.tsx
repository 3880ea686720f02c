import type { AgendaItem, ContributionKind } from '@tocsin/domain/consultation.ts'
import type { Saying } from '@tocsin/domain/contribution.ts'
import { Locale } from '@tocsin/domain/locale.ts'
import { RichText, readMarkup } from '@tocsin/domain/rich-text.ts'
import { useEffect, useRef, useState } from 'react'
import { LongField } from '../docket/LongField.tsx'
import { textOf, useReady } from '../identity/ActForm.tsx'
import { Choice } from '../identity/Field.tsx'
import { NeedsScript } from '../identity/NeedsScript.tsx'
import { useSelf } from '../identity/self.ts'
import { Check } from '../network/Check.tsx'
import { useShell } from '../shell/context.ts'
import { setApart } from '../shell/format.ts'
import { languageNames } from '../shell/Preferences.tsx'
import type { Answering } from './ContributionItem.tsx'

type Props = {
  readonly kinds: readonly ContributionKind[]
  readonly agenda: readonly AgendaItem[]
  readonly item: number | undefined
  readonly answering: Answering | undefined
  readonly cancel: () => void
  readonly put: (saying: Omit<Saying, 'writtenAt'>) => Promise<void>
}

/** Says something in the organisation's name; without a link it waits on the device. */
export function ContributeForm({ kinds, agenda, item, answering, cancel, put }: Props) {
  const { t, locale, textOnly } = useShell()
  const organisation = useSelf()?.organisation.name ?? ''
  const ready = useReady()
  const form = useRef<HTMLFormElement>(null)
  const [isRefused, refuse] = useState(false)
  const [isBusy, setBusy] = useState(false)
  useEffect(() => {
    if (answering) form.current?.querySelector('textarea')?.focus()
  }, [answering])
  if (textOnly) return <NeedsScript />
  const translated = answering?.kind === 'translate' ? answering.to : undefined
  const repliedTo = answering?.kind === 'reply' ? answering.to : undefined
  const send = async (fields: FormData) => {
    const text = RichText.safeParse(readMarkup(String(fields.get('text') ?? '')))
    refuse(!text.success)
    if (!text.success) return
    setBusy(true)
    await put({
      kind: translated ? translated.kind : (textOf(fields, 'kind') as ContributionKind),
      item: translated ? translated.item : Number(fields.get('item')) || null,
      replyTo: repliedTo?.id ?? null,
      locale: Locale.parse(textOf(fields, 'locale')),
      text: text.data as Saying['text'],
      translates:
        (translated && {
          contribution: translated.id,
          isMachine: fields.get('isMachine') === 'on',
        }) ||
        null,
    })
    setBusy(false)
    form.current?.reset()
  }
  const languages = Locale.options.filter((one) => one !== translated?.locale)
  return (
    <form
      ref={form}
      method="post"
      className="form noprint"
      aria-label={t('room.say')}
      onSubmit={(event) => {
        event.preventDefault()
        if (!isBusy) void send(new FormData(event.currentTarget))
      }}
    >
      <noscript>
        <NeedsScript />
      </noscript>
      <fieldset disabled={!ready}>
        {answering && (
          <p className="told">
            <b>
              {t(translated ? 'room.translating' : 'room.replying', {
                name: setApart(answering.to.heard?.name ?? answering.to.organisationName),
              })}
            </b>
            <button type="button" className="b q" onClick={cancel}>
              {t('form.cancel')}
            </button>
          </p>
        )}
        <LongField
          name="text"
          label={t('room.say')}
          hint={t('room.say-hint', { name: setApart(organisation) })}
          maxLength={12_000}
          rows={5}
          dir="auto"
          required
        />
        {isRefused && (
          <p className="late" role="alert">
            {t('room.too-long')}
          </p>
        )}
        <div className="says">
          {!translated && kinds.length > 1 && (
            <Choice name="kind" label={t('room.kind')} defaultValue={kinds[0]}>
              {kinds.map((kind) => (
                <option key={kind} value={kind}>
                  {t(`room.kind-${kind}`)}
                </option>
              ))}
            </Choice>
          )}
          {kinds.length === 1 && <input type="hidden" name="kind" value={kinds[0]} />}
          <Choice
            name="locale"
            label={t('room.say-language')}
            defaultValue={languages.includes(locale) ? locale : languages[0]}
          >
            {languages.map((language) => (
              <option key={language} value={language}>
                {languageNames[language]}
              </option>
            ))}
          </Choice>
          {!translated && agenda.length > 0 && (
            <Choice
              name="item"
              label={t('room.say-item')}
              defaultValue={String(repliedTo?.item ?? item ?? '')}
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
        {translated && <Check name="isMachine" label={t('room.is-machine')} />}
        <button type="submit" className="b l p" aria-disabled={isBusy}>
          {isBusy ? t('form.busy') : t('room.say-send')}
        </button>
      </fieldset>
    </form>
  )
}
