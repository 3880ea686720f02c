import { Instant } from '@tocsin/domain/brand.ts'
import { Confidence } from '@tocsin/domain/level.ts'
import { Locale } from '@tocsin/domain/locale.ts'
import type { WarningDraft } from '@tocsin/domain/warning.ts'
import { Choice, Field } from '../identity/Field.tsx'
import { useShell } from '../shell/context.ts'
import { languageNames } from '../shell/Preferences.tsx'
import { Lines } from './Lines.tsx'
import type { Change } from './use-draft.ts'

export type Part = { readonly draft: WarningDraft; readonly change: Change }

/** What the letter says: its subject, numbered paragraphs, who is at risk, and within which days. */
export function TextPart({ draft, change }: Part) {
  const { t } = useShell()
  return (
    <section className="sec">
      <div className="h">
        <h2>{t('warning.text')}</h2>
        <span className="more">{t('warning.text-note')}</span>
      </div>
      <div className="fields">
        <Field
          name="subject"
          label={t('warning.subject')}
          value={draft.subject}
          maxLength={200}
          dir="auto"
          lang={draft.locale}
          onChange={(event) => change({ subject: event.target.value })}
        />
        <div className="three">
          <Choice
            name="confidence"
            label={t('warning.confidence')}
            value={draft.confidence}
            onChange={(event) => change({ confidence: Confidence.parse(event.target.value) })}
          >
            {Confidence.options.map((one) => (
              <option key={one} value={one}>
                {t(`confidence.${one}`)}
              </option>
            ))}
          </Choice>
          <Choice
            name="language"
            label={t('warning.language')}
            value={draft.locale}
            onChange={(event) => change({ locale: Locale.parse(event.target.value) })}
          >
            {Locale.options.map((one) => (
              <option key={one} value={one} lang={one}>
                {languageNames[one]}
              </option>
            ))}
          </Choice>
          <Expiry draft={draft} change={change} />
        </div>
        <h3>{t('warning.paragraphs')}</h3>
        <Lines
          label={(n) => t('warning.paragraph', { n })}
          add={t('warning.add-paragraph')}
          lines={draft.paragraphs}
          most={40}
          rows={3}
          maxLength={8000}
          lang={draft.locale}
          onChange={(paragraphs) => change({ paragraphs })}
        />
        <h3>{t('warning.populations')}</h3>
        <Lines
          label={(n) => t('warning.population', { n })}
          add={t('warning.add-population')}
          lines={draft.populations}
          most={20}
          rows={1}
          isLine
          maxLength={200}
          lang={draft.locale}
          onChange={(populations) => change({ populations })}
        />
        <Days draft={draft} change={change} />
      </div>
    </section>
  )
}

/** Said and chosen in UTC, so that everybody names the same moment. */
function Expiry({ draft, change }: Part) {
  const { t } = useShell()
  const choose = (value: string) => {
    const expiresAt = Instant.safeParse(`${value}:00.000Z`)
    if (expiresAt.success) change({ expiresAt: expiresAt.data })
  }
  return (
    <Field
      name="expires"
      label={t('warning.expires-at')}
      type="datetime-local"
      value={draft.expiresAt.slice(0, 16)}
      onChange={(event) => choose(event.target.value)}
    />
  )
}

const MOST_DAYS = 730

function Days({ draft, change }: Part) {
  const { t } = useShell()
  const days = (value: string) => Math.min(MOST_DAYS, Math.max(0, Math.trunc(Number(value)) || 0))
  return (
    <>
      <h3>{t('warning.window')}</h3>
      <div className="three">
        <Field
          name="windowFrom"
          label={t('warning.window-from')}
          type="number"
          min={0}
          max={MOST_DAYS}
          value={draft.windowFrom}
          onChange={(event) => change({ windowFrom: days(event.target.value) })}
        />
        <Field
          name="windowUntil"
          label={t('warning.window-until')}
          type="number"
          min={0}
          max={MOST_DAYS}
          value={draft.windowUntil}
          onChange={(event) => change({ windowUntil: days(event.target.value) })}
        />
      </div>
    </>
  )
}
