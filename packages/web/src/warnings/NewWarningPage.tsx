import type { OpenedMatter } from '@tocsin/api/docket.ts'
import type { WarningRow } from '@tocsin/api/opened-warning.ts'
import { type OpenedWarning, saveWarning } from '@tocsin/api/warnings.ts'
import { WarningLevel } from '@tocsin/domain/level.ts'
import { Locale } from '@tocsin/domain/locale.ts'
import { symbolOf } from '@tocsin/domain/symbol.ts'
import type { WarningId } from '@tocsin/domain/warning.ts'
import { ActForm, textOf } from '../identity/ActForm.tsx'
import { Choice, Field } from '../identity/Field.tsx'
import { ExerciseBand } from '../matters/ExerciseBand.tsx'
import { useShell } from '../shell/context.ts'
import { Masthead } from '../shell/Masthead.tsx'
import { languageNames } from '../shell/Preferences.tsx'
import { firstLevel, newDraft, updatedDraft } from './new-draft.ts'
import { WarningList } from './WarningList.tsx'

type Props = {
  readonly opened: OpenedMatter
  /** The warning that the new one takes the place of. */
  readonly replaced: OpenedWarning | undefined
  readonly rows: readonly WarningRow[]
}

/** Begins a draft: nothing is written down before somebody says so, then it is saved as it grows. */
export function NewWarningPage({ opened, replaced, rows }: Props) {
  const { t, locale, client } = useShell()
  const { matter, asOf } = opened
  const before = replaced?.warning
  const drafts = rows.filter(({ state }) => state === 'draft')
  const start = async (fields: FormData, id: string) => {
    const warning = id as WarningId
    const started = {
      level: WarningLevel.parse(Number(textOf(fields, 'level'))),
      locale: Locale.parse(textOf(fields, 'language')),
      subject: textOf(fields, 'subject'),
      now: asOf,
    }
    const draft = before ? updatedDraft(before.draft, started) : newDraft(matter, started)
    const body = { matter: matter.id, draft, replaces: before?.id ?? null, read: null }
    await client(saveWarning, { params: { warning }, body })
    // A whole new page: nothing that still goes on here can take the composer away again.
    location.replace(`/warnings/${warning}`)
  }
  const level = before?.draft.level ?? firstLevel(matter)
  return (
    <>
      {matter.isExercise && <ExerciseBand />}
      <Masthead
        path={
          <>
            <a href="/warnings">{t('warning.all')}</a>
            {' / '}
            <a href={`/matters/${matter.id}`}>{matter.title}</a>
          </>
        }
        title={
          before
            ? t('warning.update-title', { symbol: symbolOf('W', before) })
            : t('warning.new-title')
        }
        lede={t(before ? 'warning.update-means' : 'warning.new-lede')}
        marking={matter.marking}
        facts={[]}
      />
      <section className="sec">
        <ActForm isMain submit={t('warning.start')} deed={start}>
          <Field
            name="subject"
            label={t('warning.subject')}
            hint={t('warning.subject-hint')}
            defaultValue={before?.draft.subject ?? matter.title}
            maxLength={200}
            dir="auto"
            required
          />
          <Choice name="level" label={t('warning.level')} defaultValue={level}>
            {WarningLevel.options.map(({ value }) => (
              <option key={value} value={value}>
                {t('level.mark', { level: value, name: t(`level.${value}`) })}
              </option>
            ))}
          </Choice>
          <Choice
            name="language"
            label={t('warning.language')}
            defaultValue={before?.draft.locale ?? locale}
          >
            {Locale.options.map((one) => (
              <option key={one} value={one} lang={one}>
                {languageNames[one]}
              </option>
            ))}
          </Choice>
        </ActForm>
      </section>
      {drafts.length > 0 && (
        <WarningList title={t('warning.drafts-here')} rows={drafts} isMatterSaid={false} />
      )}
    </>
  )
}
