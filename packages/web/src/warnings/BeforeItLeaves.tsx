import type { AudiencePreview, OpenedWarning } from '@tocsin/api/warnings.ts'
import { owesInformationNote } from '@tocsin/domain/action-catalogue/catalogue.ts'
import type { WarningDraft, WarningFault } from '@tocsin/domain/warning.ts'
import { AudienceSentence } from '../docket/AudienceSentence.tsx'
import { useShell } from '../shell/context.ts'

/** Who will see it, by name and way, as the node itself will tell them. */
export function BeforeItLeaves({ audience }: { readonly audience: AudiencePreview }) {
  const { t, locale } = useShell()
  const { recipients, readers, notReaders } = audience
  const list = (words: readonly string[]) =>
    new Intl.ListFormat(locale, { type: 'conjunction' }).format(words)
  const told = recipients.map(({ name, office, authority, channels }) =>
    t('warning.recipient', {
      name,
      office: `${office}, ${authority}`,
      ways: list(channels.map((channel) => t(`warning.channel-${channel}`))),
    }),
  )
  return (
    <section>
      <div className="h">
        <h2>{t('warning.before')}</h2>
        <span className="more">{t('warning.told', { n: recipients.length })}</span>
      </div>
      <AudienceSentence
        visibleTo={[...told, ...readers.map((name) => t('warning.reader', { name }))]}
        notVisibleTo={notReaders}
        leftOut={[t('warning.left-out')]}
      />
    </section>
  )
}

/** Who sees a warning that was sent: the offices, whoever holds them, and the readers of the matter. */
export function WhoSees({ opened }: { readonly opened: OpenedWarning }) {
  const { t } = useShell()
  const { notifications, audience } = opened
  const offices = notifications.map(({ office, authority }) => `${office}, ${authority}`)
  return (
    <section>
      <div className="h">
        <h2>{t('warning.who-sees')}</h2>
      </div>
      <AudienceSentence
        visibleTo={[...offices, ...audience.readers.map((name) => t('warning.reader', { name }))]}
        notVisibleTo={audience.notReaders}
        leftOut={[t('warning.left-out')]}
      />
    </section>
  )
}

type Checked = { readonly draft: WarningDraft; readonly faults: readonly WarningFault[] }

/** What keeps it from being signed, and what whoever signs should know. */
export function ChecksPart({ draft, faults }: Checked) {
  const { t } = useShell()
  const hints = [
    ...(owesInformationNote(draft.options.map(({ code }) => code)) ? ['article-54' as const] : []),
    ...(draft.options.length > 0 ? ['not-verified' as const] : []),
  ]
  return (
    <section>
      <div className="h">
        <h2>{t('warning.checks')}</h2>
      </div>
      <ul className="lint" aria-live="polite">
        {faults.map((fault) => (
          <li key={fault}>
            <span className="late" aria-hidden="true">
              {'!'}
            </span>
            {t(`warning.fault-${fault}`)}
          </li>
        ))}
        {faults.length === 0 && (
          <li>
            <span className="ok" aria-hidden="true">
              {'✓'}
            </span>
            {t('warning.no-fault')}
          </li>
        )}
        {hints.map((hint) => (
          <li key={hint}>
            <span className="hold" aria-hidden="true">
              {'!'}
            </span>
            {t(`warning.hint-${hint}`)}
          </li>
        ))}
      </ul>
    </section>
  )
}
