import type { Demonstration } from '@tocsin/api/demonstration.ts'
import { type Actor, operator, system } from '@tocsin/domain/actor.ts'
import type { Instant } from '@tocsin/domain/brand.ts'
import { addMilliseconds } from '@tocsin/domain/clock.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import { defaultClockSettings } from '@tocsin/domain/service-clock.ts'
import type { App } from '../app.ts'
import type { Executors } from '../approvals/four-eyes.ts'
import { recordAudit } from '../audit/audit.ts'
import type { Channel } from '../channels/channel.ts'
import { setClockSettings } from '../docket/clock-settings.ts'
import { recoverAccount } from '../people/roles.ts'
import { expireWarnings } from '../warnings/cancel.ts'
import { runDueSteps } from '../warnings/escalation.ts'
import { drainOutbox } from '../warnings/hand-over.ts'
import { gatherCast, officeName } from './cast.ts'
import { housesMarked } from './five-rivers/houses-marked.ts'
import { openMatters } from './five-rivers/open-matters.ts'
import { otherMembers } from './five-rivers/other-members.ts'
import { pastMatters } from './five-rivers/past-matters.ts'
import { houses, REGION, UNITED_NATIONS } from './five-rivers/people.ts'
import { passPlans } from './five-rivers/plans.ts'
import { watch } from './five-rivers/watch.ts'
import { DAY_MS, findNextDue, openStage, playScenes, type Scene, type Stage } from './stage.ts'

const PAST_DAYS = 731

const scenes: readonly Scene[] = [
  ...watch,
  ...pastMatters,
  ...openMatters,
  ...passPlans,
  ...housesMarked,
  ...otherMembers,
]

/** The past is told to nobody: what was sent then counts as sent, and nothing leaves the node. */
const past: Channel = {
  send: async ({ id }) => ({ state: 'sent', reference: id }),
  close: async () => undefined,
}

/**
 * Loads the fictional region through the commands that people use, two years of it, all of it or
 * nothing; its clocks run on from now. Refused where anything is on the docket already: fiction
 * never stands beside what is real.
 */
export async function loadFiveRivers(
  app: App,
  actor: Actor,
  executors: Executors,
): Promise<Demonstration> {
  if (actor.kind !== 'operator') throw new Problem('permission.denied')
  const now = app.clock()
  let clock = addMilliseconds(now, -PAST_DAYS * DAY_MS)
  return app.db.asOne(async (as) => {
    const staged: App = {
      ...app,
      db: { ...app.db, as },
      clock: () => clock,
      channels: { 'e-mail': past },
    }
    await requireEmptyDocket(staged)
    const cast = await gatherCast(staged, houses, clock)
    const stage = openStage({ app: staged, executors, cast, now })
    await setLadder(stage)
    await playScenes(stage, scenes, {
      nextDue: () => findNextDue(staged),
      round: async () => {
        await runDueSteps(staged)
        await expireWarnings(staged)
        await drainOutbox(staged)
      },
      setClock: (at: Instant) => {
        clock = at
      },
    })
    const people = await Promise.all(
      ['M. Oren', 'T. Lisk', 'A. Sabel'].map(async (name) => ({
        name,
        person: stage.as(name).person,
      })),
    )
    const links: { name: string; link: string }[] = []
    for (const { name, person } of people) {
      const outcome = await recoverAccount(staged, operator, person)
      if (outcome.state === 'done' && outcome.link) links.push({ name, link: outcome.link })
    }
    return as(system, async (tx) => {
      const deed = { at: now, actor, organisation: null, act: 'demonstration.loaded' }
      await recordAudit(tx, { ...deed, subject: 'five-rivers', details: {} })
      const count = async (table: 'matter' | 'report' | 'warning') => {
        const { n } = await tx
          .selectFrom(table)
          .select(({ fn }) => fn.countAll<number>().as('n'))
          .executeTakeFirstOrThrow()
        return n
      }
      const [matters, reports] = [await count('matter'), await count('report')]
      return { matters, reports, warnings: await count('warning'), links }
    })
  })
}

async function requireEmptyDocket({ db }: App): Promise<void> {
  const found = await db.as(system, (tx) =>
    tx.selectFrom('matter').select('id').limit(1).executeTakeFirst(),
  )
  if (found) throw new Problem('demonstration.not-empty')
}

/** The offices behind the rungs of the host's ladder. */
async function setLadder({ app, as, office }: Stage): Promise<void> {
  await setClockSettings(app, as('M. Oren'), {
    ...defaultClockSettings,
    offices: {
      ...defaultClockSettings.offices,
      'minister-office': office(officeName('Interior Ministry of Ardenia', 'Minister’s office')),
      'regional-desk': office(officeName(REGION, 'Regional desk')),
      'un-desk': office(officeName(UNITED_NATIONS, 'Desk officer')),
    },
  })
}
