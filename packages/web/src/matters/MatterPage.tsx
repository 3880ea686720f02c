import type { MatterPlan } from '@tocsin/api/action-plans.ts'
import type { listAgendasOf } from '@tocsin/api/agendas.ts'
import type { RoomLine } from '@tocsin/api/consultations.ts'
import type { OpenedMatter } from '@tocsin/api/docket.ts'
import type { Output } from '@tocsin/api/route.ts'
import { mayWorkOnMatter } from '@tocsin/domain/docket-access.ts'
import type { Entry } from '@tocsin/domain/matter.ts'
import type { Report } from '@tocsin/domain/report.ts'
import type { ClockSettings } from '@tocsin/domain/service-clock.ts'
import { symbolOf } from '@tocsin/domain/symbol.ts'
import { PlanPart } from '../action-plans/PlanPart.tsx'
import { AgendasPart } from '../agendas/AgendasPart.tsx'
import { AttachmentsPart } from '../attachments/AttachmentsPart.tsx'
import { DoorsPart, type OpenDoors } from '../bodies/DoorsPart.tsx'
import { ConsultationsPart } from '../consultations/ConsultationsPart.tsx'
import { AudienceSentence } from '../docket/AudienceSentence.tsx'
import { LevelMark } from '../docket/LevelMark.tsx'
import { StepUp } from '../identity/StepUp.tsx'
import { useActor } from '../identity/self.ts'
import type { Search } from '../shell/address.ts'
import { useShell } from '../shell/context.ts'
import { formatDay } from '../shell/format.ts'
import { Masthead } from '../shell/Masthead.tsx'
import { ActionRow } from './ActionRow.tsx'
import { ActPart } from './ActPart.tsx'
import { ExerciseBand } from './ExerciseBand.tsx'
import { LadderPart } from './LadderPart.tsx'
import { formatShortDay, timeOf } from './moment.ts'
import { OwingPart } from './OwingPart.tsx'
import { PrintMarking } from './PrintMarking.tsx'
import { Rail } from './Rail.tsx'
import { RecordPart } from './RecordPart.tsx'
import { StampsPart } from './StampsPart.tsx'
import { ScenariosPart, WarningsPart } from './WarningsPart.tsx'

type Props = {
  readonly opened: OpenedMatter
  /** An earlier part of the record, where the address asks for one. */
  readonly earlier: readonly Entry[] | undefined
  readonly plan: MatterPlan
  /** The agendas that it stands on. */
  readonly agendas: Output<typeof listAgendasOf>
  readonly settings: ClockSettings
  readonly loose: readonly Report[]
  /** Where it can be brought on the day looked at, where it is in one State. */
  readonly doors: OpenDoors | undefined
  /** The consultations on the matter that the reader may see. */
  readonly rooms: readonly RoomLine[]
  readonly search: Search
}

/** A matter as a document: how it stands, its record, who owes an answer, and what can be done. */
export function MatterPage(props: Props) {
  const { opened, earlier, plan, agendas, settings, loose, rooms, doors, search } = props
  const { t } = useShell()
  const { matter } = opened
  const mayWork = mayWorkOnMatter(useActor(), matter)
  const entries = earlier ?? opened.entries
  const acting = { opened, plan, entries, search, settings, loose }
  return (
    <StepUp>
      <PrintMarking marking={matter.marking} symbol={symbolOf('M', matter)} />
      {matter.isExercise && <ExerciseBand />}
      <Head opened={opened} doors={doors} />
      <Rail {...opened} />
      <ActionRow opened={opened} search={search} mayWork={mayWork} hasDoors={doors !== undefined} />
      {mayWork && <ActPart {...acting} />}
      <div className="cols sg sec">
        <RecordPart {...{ opened, entries, rooms, search, mayWork }} />
        <div className="aside">
          <OwingPart opened={opened} />
          <AgendasPart agendas={agendas} />
          <PlanPart plan={plan} mayWork={mayWork} />
          <LadderPart {...opened} />
          <WarningsPart {...opened} />
          <ConsultationsPart matter={matter} rooms={rooms} mayWork={mayWork} />
          <AttachmentsPart {...opened} mayWork={mayWork} />
          <ScenariosPart {...opened} />
          <StampsPart {...opened} />
          <section>
            <AudienceSentence
              visibleTo={opened.audience.visibleTo}
              notVisibleTo={[...opened.audience.notVisibleTo, t('matter.public')]}
              leftOut={opened.audience.excluded}
              notSent={opened.audience.notSent}
            />
            <p className="src">{t('matter.no-qualification')}</p>
          </section>
        </div>
      </div>
      {doors && <DoorsPart doors={doors} action={`/matters/${matter.id}`} />}
    </StepUp>
  )
}

function Head({ opened, doors }: Pick<Props, 'opened' | 'doors'>) {
  const { t, locale } = useShell()
  const { matter, asOf, names } = opened
  const country = doors?.state.names[locale]
  const where = [matter.place, country].filter((part) => part !== null && part !== undefined)
  const judged = [
    t('matter.level-words', { level: matter.level, name: t(`level.${matter.level}`) }),
    matter.confidence && t(`confidence.${matter.confidence}`),
  ]
  return (
    <Masthead
      path={
        <>
          <a href="/matters">{t('matters.title')}</a>
          {' / '}
          <bdi>{symbolOf('M', matter)}</bdi>
        </>
      }
      title={matter.title}
      lede={
        <>
          {where.length > 0 && (
            <b>
              <bdi>{`${where.join(', ')}.`}</bdi>{' '}
            </b>
          )}
          <bdi>{matter.summary}</bdi>
        </>
      }
      symbol={symbolOf('M', matter)}
      stood={
        matter.closedAt
          ? t('matter.closed-on', { day: formatDay(locale, matter.closedAt.slice(0, 10)) })
          : undefined
      }
      marking={matter.marking}
      facts={[
        {
          name: t('matter.level'),
          value: (
            <span className="lv">
              <LevelMark level={matter.level} size={18} isSaid />
              <span>{judged.filter(Boolean).join('; ')}</span>
            </span>
          ),
        },
        { name: t('matter.owner'), value: names[matter.organisation] ?? '' },
        ...(matter.closedAt
          ? []
          : [
              {
                name: t('matter.next-review'),
                value: t('matter.at-latest', {
                  at: `${formatShortDay(locale, matter.reviewBy, asOf)}, ${timeOf(matter.reviewBy)}`,
                }),
              },
            ]),
        {
          name: t('matter.as-of'),
          value: `${formatShortDay(locale, asOf, asOf)}, ${timeOf(asOf)} UTC`,
        },
      ]}
    />
  )
}
