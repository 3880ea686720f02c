import { useRouter } from '@tanstack/react-router'
import { openMatter } from '@tocsin/api/docket.ts'
import type { Reader } from '@tocsin/api/matters.ts'
import { attachReport } from '@tocsin/api/reports.ts'
import { Marking } from '@tocsin/domain/audience.ts'
import type { CountryCode } from '@tocsin/domain/brand.ts'
import type { Country } from '@tocsin/domain/country.ts'
import type { MatterId } from '@tocsin/domain/matter.ts'
import type { Report } from '@tocsin/domain/report.ts'
import { symbolOf } from '@tocsin/domain/symbol.ts'
import { useState } from 'react'
import { LongField } from '../docket/LongField.tsx'
import { ReadersField, readersIn } from '../docket/ReadersField.tsx'
import { ActForm, textOf } from '../identity/ActForm.tsx'
import { Choice, Field } from '../identity/Field.tsx'
import { useSelf } from '../identity/self.ts'
import { useShell } from '../shell/context.ts'
import { Masthead } from '../shell/Masthead.tsx'

type Props = {
  readonly readers: readonly Reader[]
  readonly places: readonly Country[]
  /** The report that the matter is opened from; it becomes the first on its record. */
  readonly report: Report | undefined
}

/** Opens a matter: what it is about, how it is marked, and who else may read it before anybody does. */
export function OpenMatterPage({ readers, places, report }: Props) {
  const { t, client, locale } = useShell()
  const router = useRouter()
  const own = useSelf()?.organisation.id
  const [country, setCountry] = useState<CountryCode | null>(report?.country ?? null)
  const open = async (fields: FormData, id: string) => {
    const matter = id as MatterId
    const body = {
      id: matter,
      title: textOf(fields, 'title'),
      summary: textOf(fields, 'summary'),
      country: (textOf(fields, 'country') || null) as CountryCode | null,
      place: textOf(fields, 'place') || null,
      marking: Marking.parse(textOf(fields, 'marking')),
      audience: readersIn(fields, 'audience'),
      excluded: readersIn(fields, 'excluded'),
      isExercise: report ? report.isExercise : fields.get('isExercise') === 'on',
    }
    await client(openMatter, { body })
    // Both can be sent again: a link that breaks between the two loses neither.
    if (report) await client(attachReport, { params: { matter, report: report.id } })
    await router.navigate({ href: `/matters/${matter}` })
  }
  return (
    <>
      <Masthead
        path={<a href="/matters">{t('matters.title')}</a>}
        title={t('matters.open')}
        lede={t('open-matter.lede')}
        marking="TLP:AMBER+STRICT"
        facts={
          report ? [{ name: t('open-matter.from'), value: <bdi>{symbolOf('R', report)}</bdi> }] : []
        }
      />
      <div className="sec intake">
        <ActForm submit={t('matters.open')} isMain deed={open}>
          <Field
            name="title"
            label={t('open-matter.title')}
            hint={t('open-matter.title-hint')}
            maxLength={200}
            required
          />
          <LongField
            name="summary"
            label={t('open-matter.summary')}
            hint={t('open-matter.summary-hint')}
            defaultValue={report?.what ?? ''}
            required
          />
          <Choice
            name="country"
            label={t('report.place-country')}
            defaultValue={report?.country ?? ''}
            onChange={({ target }) => setCountry((target.value || null) as CountryCode | null)}
          >
            <option value="">{t('report.place-no-country')}</option>
            {places.map(({ iso3, names }) => (
              <option key={iso3} value={iso3}>
                {names[locale] ?? iso3}
              </option>
            ))}
          </Choice>
          <Field
            name="place"
            label={t('report.place-place')}
            hint={t('report.place-place-hint')}
            maxLength={200}
            defaultValue={report?.place ?? ''}
          />
          <Choice
            name="marking"
            label={t('open-matter.marking-label')}
            hint={t('open-matter.marking-hint')}
            defaultValue={report?.marking ?? 'TLP:AMBER+STRICT'}
          >
            {Marking.options.map((marking) => (
              <option key={marking}>{marking}</option>
            ))}
          </Choice>
          {own && <ReadersField own={own} readers={readers} country={country} />}
          {!report && (
            <label className="check">
              <input type="checkbox" name="isExercise" />
              {t('open-matter.exercise')}
            </label>
          )}
          {report?.isExercise && <p className="note">{t('exercise.means')}</p>}
        </ActForm>
      </div>
    </>
  )
}
