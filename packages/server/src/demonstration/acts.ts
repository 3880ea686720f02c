import { CATALOGUE_VERSION } from '@tocsin/domain/action-catalogue/catalogue.ts'
import { system } from '@tocsin/domain/actor.ts'
import type { Day } from '@tocsin/domain/brand.ts'
import { addMilliseconds } from '@tocsin/domain/clock.ts'
import { newId } from '@tocsin/domain/id.ts'
import type { Confidence, Level } from '@tocsin/domain/level.ts'
import type { MatterOpening, Review } from '@tocsin/domain/matter.ts'
import type { Consultation } from '@tocsin/domain/matter-acts.ts'
import type { Answer, NotificationId, Reaction } from '@tocsin/domain/notification.ts'
import type { ReportForm, ReportId } from '@tocsin/domain/report.ts'
import type { Option, WarningDraft } from '@tocsin/domain/warning.ts'
import { approveAct } from '../approvals/four-eyes.ts'
import { recordConsultation } from '../docket/acts.ts'
import { assessMatter, openMatter, reviewMatter } from '../docket/commands.ts'
import { fileReport } from '../reports/commands.ts'
import { saveWarning } from '../warnings/drafts.ts'
import * as letters from '../warnings/letters.ts'
import { openLinks } from '../warnings/links.ts'
import { readWarning } from '../warnings/queries.ts'
import { signWarning } from '../warnings/sign.ts'
import { DAY_MS, type Scene, type Stage } from './stage.ts'

/* The acts of a story, each played by the command that people use. */

export type Said = Pick<ReportForm, 'what'> &
  Partial<Omit<ReportForm, 'id' | 'matter' | 'what' | 'fromDay' | 'untilDay'>>

/** A report, about the day on which it was filed; on a matter or on none yet. */
export const reports = (
  hoursAgo: number,
  by: string,
  matter: string | null,
  said: Said,
): Scene => ({
  hoursAgo,
  play: async ({ app, as, at, matter: matterOf }) => {
    const day = at(hoursAgo).slice(0, 10) as Day
    await fileReport(app, as(by), {
      id: newId<ReportId>(),
      matter: matter === null ? null : matterOf(matter),
      kind: 'incident',
      fromDay: day,
      untilDay: day,
      country: null,
      place: null,
      precision: null,
      groups: null,
      harm: {},
      sourceGrade: 'B',
      informationGrade: '2',
      marking: 'TLP:AMBER+STRICT',
      someoneAtRisk: false,
      isExercise: false,
      ...said,
    })
  },
})

export type Opening = Pick<MatterOpening, 'title' | 'summary' | 'place'> & {
  readonly country: string | null
  /** Organisations that may read it beside the one that opens it, and those that must not. */
  readonly audience?: readonly string[]
  readonly excluded?: readonly string[]
  readonly isExercise?: boolean
}

export const opens = (hoursAgo: number, by: string, matter: string, opening: Opening): Scene => ({
  hoursAgo,
  play: async (stage) => {
    const { audience = [], excluded = [], isExercise = false, country, ...said } = opening
    await openMatter(stage.app, stage.as(by), {
      ...said,
      id: stage.matter(matter),
      country: country as MatterOpening['country'],
      marking: 'TLP:AMBER+STRICT',
      audience: audience.map(stage.organisation),
      excluded: excluded.map(stage.organisation),
      isExercise,
    })
  },
})

type Judged = { readonly level: Level; readonly confidence: Confidence; readonly reasons: string }

export const assesses = (hoursAgo: number, by: string, matter: string, judged: Judged): Scene => ({
  hoursAgo,
  play: (stage) => assessMatter(stage.app, stage.as(by), stage.matter(matter), judged),
})

export type Draft = Omit<
  WarningDraft,
  'addressees' | 'evidence' | 'expiresAt' | 'catalogue' | 'options'
> & {
  readonly options: readonly Omit<Option, 'authorisation'>[]
  readonly addressees: readonly {
    readonly office: string
    readonly legalBasis: string
    readonly isIndependent?: boolean
  }[]
  readonly daysValid: number
}

type Drafted = { readonly matter: string; readonly warning: string; readonly replaces?: string }

export const drafts = (
  hoursAgo: number,
  by: string,
  { matter, warning, replaces }: Drafted,
  { addressees, options, daysValid, ...text }: Draft,
): Scene => ({
  hoursAgo,
  play: async (stage) => {
    const draft: WarningDraft = {
      ...text,
      catalogue: CATALOGUE_VERSION,
      options: options.map((option) => ({ ...option, authorisation: null })),
      addressees: addressees.map(({ office, legalBasis, isIndependent = false }) => ({
        post: stage.office(office),
        legalBasis,
        isIndependent,
      })),
      evidence: [],
      expiresAt: addMilliseconds(stage.at(hoursAgo), daysValid * DAY_MS),
    }
    await saveWarning(stage.app, stage.as(by), stage.warning(warning), {
      matter: stage.matter(matter),
      draft,
      replaces: replaces === undefined ? null : stage.warning(replaces),
      read: null,
    })
  },
})

export const signs = (hoursAgo: number, by: string, warning: string): Scene => ({
  hoursAgo,
  play: async (stage) => {
    const id = stage.warning(warning)
    const read = await readWarning(stage.app, stage.as(by), id)
    const { recipients, readers } = read.audience
    const shown = { recipients, readers }
    await signWarning(stage.app, stage.as(by), id, { sha256: read.warning.sha256, shown })
  },
})

/** What an office was sent: which warning, and by what name the story calls the office. */
type Sent = { readonly warning: string; readonly office: string }

/** The token of the link that reached the office, as whoever opens the notice has it. */
async function tokenOf(stage: Stage, { warning, office }: Sent): Promise<string> {
  const { id } = await stage.app.db.as(system, (tx) =>
    tx
      .selectFrom('notification')
      .select('id')
      .where('warning', '=', stage.warning(warning))
      .where('post', '=', stage.office(office))
      .executeTakeFirstOrThrow(),
  )
  const link = (await openLinks(stage.app)).toLetter(id as NotificationId)
  return link.slice(link.lastIndexOf('/') + 1)
}

export const opensLetter = (hoursAgo: number, sent: Sent): Scene => ({
  hoursAgo,
  play: async (stage) => {
    await letters.openLetter(stage.app, await tokenOf(stage, sent))
  },
})

type Signed = { readonly name: string; readonly function: string }

export const acknowledges = (
  hoursAgo: number,
  sent: Sent,
  { name, function: office }: Signed,
  { reaction, note = null }: { readonly reaction: Reaction; readonly note?: string | null },
): Scene => ({
  hoursAgo,
  play: async (stage) => {
    const given = { reaction, note, name, office }
    await letters.acknowledgeLetter(stage.app, await tokenOf(stage, sent), given)
  },
})

export const answers = (
  hoursAgo: number,
  sent: Sent,
  { name, function: office }: Signed,
  said: Pick<Answer, 'outcome' | 'text'>,
): Scene => ({
  hoursAgo,
  play: async (stage) => {
    const given = { ...said, name, office }
    await letters.answerLetter(stage.app, await tokenOf(stage, sent), given)
  },
})

export const consults = (
  hoursAgo: number,
  by: string,
  matter: string,
  said: Consultation,
): Scene => ({
  hoursAgo,
  play: (stage) => recordConsultation(stage.app, stage.as(by), stage.matter(matter), said),
})

/** Keeps the matter, or its other level, and looks again so many days later. */
export const reviews = (
  hoursAgo: number,
  by: string,
  matter: string,
  reasons: string,
  days: number,
): Scene => ({
  hoursAgo,
  play: async (stage) => {
    const reviewBy = addMilliseconds(stage.at(hoursAgo), days * DAY_MS).slice(0, 10) as Day
    const review: Review = { outcome: 'keep', reasons, reviewBy }
    await reviewMatter(stage.app, stage.as(by), stage.matter(matter), review)
  },
})

/** One proposes to close and, from level 2 on, the other approves an hour later. */
export const closes = (
  hoursAgo: number,
  [by, second]: readonly [string, string],
  matter: string,
  reasons: string,
): readonly Scene[] => {
  let waiting: Parameters<typeof approveAct>[2]['approval'] | undefined
  return [
    {
      hoursAgo,
      play: async (stage) => {
        const review: Review = { outcome: 'close', reasons }
        const outcome = await reviewMatter(stage.app, stage.as(by), stage.matter(matter), review)
        if (outcome.state === 'waiting') waiting = outcome.approval
      },
    },
    {
      hoursAgo: hoursAgo - 1,
      play: async (stage) => {
        if (!waiting) return
        const { sha256 } = await stage.app.db.as(stage.as(second), (tx) =>
          tx
            .selectFrom('approval')
            .select('sha256')
            .where('id', '=', waiting as never)
            .executeTakeFirstOrThrow(),
        )
        await approveAct(
          stage.app,
          stage.as(second),
          { approval: waiting, sha256 },
          stage.executors,
        )
      },
    },
  ]
}
