import { getMatter } from '@tocsin/api/docket.ts'
import type { MatterLine } from '@tocsin/api/matters.ts'
import { fileReport } from '@tocsin/api/reports.ts'
import type { Country } from '@tocsin/domain/country.ts'
import type { MatterId } from '@tocsin/domain/matter.ts'
import type { Report } from '@tocsin/domain/report.ts'
import { symbolOf } from '@tocsin/domain/symbol.ts'
import { useEffect, useState } from 'react'
import { AudienceSentence } from '../docket/AudienceSentence.tsx'
import { ActForm } from '../identity/ActForm.tsx'
import { Choice } from '../identity/Field.tsx'
import { useSelf } from '../identity/self.ts'
import { ExerciseBand } from '../matters/ExerciseBand.tsx'
import { useShell } from '../shell/context.ts'
import { Masthead } from '../shell/Masthead.tsx'
import { reportIn } from './report-form.ts'
import {
  GradeSection,
  HarmCheckSection,
  PeopleSection,
  Section,
  WhatSection,
  WhenSection,
  WhereSection,
} from './sections.tsx'

type Props = {
  readonly places: readonly Country[]
  /** The organisation's own open matters, drills among them. */
  readonly matters: readonly MatterLine[]
  /** The matter that the address names. */
  readonly wanted: MatterId | undefined
  readonly today: string
}

/** The staff's form for what somebody says happened or may happen. */
export function NewReportPage({ places, matters, wanted, today }: Props) {
  const { t, client } = useShell()
  const named = matters.find(({ id }) => id === wanted)
  const [isExercise, drill] = useState(named?.isExercise ?? false)
  const [filed, setFiled] = useState<Report | undefined>(undefined)
  const send = async (fields: FormData, id: string) => {
    setFiled(undefined)
    setFiled(await client(fileReport, { body: reportIn(fields, id, isExercise) }))
  }
  return (
    <>
      {isExercise && <ExerciseBand />}
      <Masthead
        path={<a href="/reports">{t('reports.title')}</a>}
        title={t('report.new')}
        lede={t('report.lede')}
        marking="TLP:AMBER+STRICT"
        facts={[]}
      />
      <div className="intake sec">
        <ActForm submit={t('report.send')} isMain deed={send}>
          <WhatSection />
          <WhenSection today={today} />
          <WhereSection places={places} />
          <PeopleSection />
          <GradeSection />
          <HarmCheckSection />
          <Section title={t('report.where-to')}>
            <label className="check">
              <input
                type="checkbox"
                checked={isExercise}
                onChange={({ target }) => drill(target.checked)}
              />
              {t('report.exercise')}
            </label>
            <MatterAndReaders
              // Another kind has other matters to choose from.
              key={String(isExercise)}
              matters={matters.filter((one) => one.isExercise === isExercise)}
              wanted={wanted}
            />
          </Section>
        </ActForm>
        {filed && (
          <p className="filed" role="status">
            {t('report.filed')}{' '}
            <a href={`/reports/${filed.id}`}>
              <bdi>{symbolOf('R', filed)}</bdi>
            </a>
            {filed.matter && (
              <>
                {' '}
                <a href={`/matters/${filed.matter}`}>{t('report.to-matter')}</a>
              </>
            )}
          </p>
        )}
      </div>
    </>
  )
}

/** The matter that the report is put on, and who reads its words there: said before it is sent. */
function MatterAndReaders({ matters, wanted }: Pick<Props, 'matters' | 'wanted'>) {
  const { t, client } = useShell()
  const own = useSelf()?.organisation
  const [chosen, choose] = useState(matters.some(({ id }) => id === wanted) ? (wanted ?? '') : '')
  const [readers, setReaders] = useState<readonly string[] | undefined>(undefined)
  useEffect(() => {
    let isLatest = true
    setReaders(undefined)
    if (chosen !== '') {
      client(getMatter, { params: { matter: chosen as MatterId } }).then(
        ({ audience }) => isLatest && setReaders(audience.visibleTo),
        () => undefined,
      )
    }
    return () => {
      isLatest = false
    }
  }, [chosen, client])
  const visibleTo = chosen === '' ? [own?.name ?? ''] : readers
  return (
    <>
      <Choice
        name="matter"
        label={t('report.matter')}
        hint={t('report.matter-hint')}
        value={chosen}
        onChange={({ target }) => choose(target.value)}
      >
        <option value="">{t('report.no-matter')}</option>
        {matters.map((matter) => (
          <option key={matter.id} value={matter.id}>
            {`${symbolOf('M', matter)} · ${matter.title}`}
          </option>
        ))}
      </Choice>
      {visibleTo && (
        <AudienceSentence visibleTo={visibleTo} notVisibleTo={[t('report.nobody-else')]} />
      )}
    </>
  )
}
