import type { RoomLine } from '@tocsin/api/consultations.ts'
import type { OpenedMatter } from '@tocsin/api/docket.ts'
import { mayWorkOnMatter } from '@tocsin/domain/docket-access.ts'
import type { Entry } from '@tocsin/domain/matter.ts'
import type { Report } from '@tocsin/domain/report.ts'
import type { ClockSettings } from '@tocsin/domain/service-clock.ts'
import { symbolOf } from '@tocsin/domain/symbol.ts'
import { AttachmentsPart } from '../attachments/AttachmentsPart.tsx'
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
  readonly settings: ClockSettings
  readonly loose: readonly Report[]
  /** The consultations on the matter that the reader may see. */
  readonly rooms: readonly RoomLine[]
  /** The name of the State whose population is at risk, where it is one State's. */
  readonly country: string | undefined
  readonly search: Search
}

/** A matter as a document: how it stands, its record, who owes an answer, and what can be done. */
export function MatterPage({ opened, earlier, settings, loose, rooms, country, search }: Props) {
  const { t } = useShell()
  const { matter } = opened
  const mayWork = mayWorkOnMatter(useActor(), matter)
  const entries = earlier ?? opened.entries
  const acting = { opened, entries, search, settings, loose }
  return (
    <StepUp>
      <PrintMarking marking={matter.marking} symbol={symbolOf('M', matter)} />
      {matter.isExercise && <ExerciseBand />}
      <Head opened={opened} country={country} />
      <Rail {...opened} />
      <ActionRow opened={opened} search={search} mayWork={mayWork} />
      {mayWork && <ActPart {...acting} />}
      <div className="cols sg sec">
        <RecordPart opened={opened} entries={entries} search={search} mayWork={mayWork} />
        <div className="aside">
          <OwingPart opened={opened} />
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
    </StepUp>
  )
}

function Head({ opened, country }: Pick<Props, 'opened' | 'country'>) {
  const { t, locale } = useShell()
  const { matter, asOf, names } = opened
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
