import { system } from '@tocsin/domain/actor.ts'
import { isInAudience } from '@tocsin/domain/audience.ts'
import type { OrganisationId } from '@tocsin/domain/brand.ts'
import { addMilliseconds } from '@tocsin/domain/clock.ts'
import type { AudienceId } from '@tocsin/domain/network.ts'
import type { App } from '../app.ts'
import type { Tx } from '../database/database.ts'
import { effectiveAt, listAudienceVersions } from './audience-reading.ts'
import { listOwn } from './own-organisations.ts'
import { backOff } from './peers.ts'
import { askFor } from './pull.ts'

const LOT = 20

type Gap = {
  readonly organisation: OrganisationId
  readonly audience_id: AudienceId
  readonly from_seq: number
  readonly to_seq: number
  readonly attempts: number
}

/**
 * Asks for what is missing: its author first, then one after another of those who are in the
 * audience, for a record proves itself whoever hands it over.
 */
export async function refillGaps(app: App): Promise<void> {
  const now = app.clock()
  const gaps = await app.db.as(system, (tx) =>
    tx
      .selectFrom('missing_record')
      .select(['organisation', 'audience_id', 'from_seq', 'to_seq', 'attempts'])
      .where('next_at', '<=', now)
      .orderBy('next_at')
      .limit(LOT)
      .execute(),
  )
  await Promise.all(gaps.map((gap) => refill(app, gap)))
}

async function refill(app: App, gap: Gap): Promise<void> {
  await postpone(app, gap)
  const { organisation: author, audience_id, from_seq, to_seq } = gap
  const way = await app.db.as(system, (tx) => whomToAsk(app, tx, gap))
  if (!way) return
  const place = `${author}:${from_seq}-${to_seq}`
  await askFor(app, way, audience_id, { 'match[x_place]': place }).catch((error: unknown) => {
    app.log.info({ error, member: way.member }, 'refill')
  })
}

const postpone = (app: App, { organisation, audience_id, from_seq, attempts }: Gap) =>
  app.db.as(system, (tx) =>
    tx
      .updateTable('missing_record')
      .set({ attempts: attempts + 1, next_at: addMilliseconds(app.clock(), backOff(attempts)) })
      .where('organisation', '=', organisation)
      .where('audience_id', '=', audience_id)
      .where('from_seq', '=', from_seq)
      .execute(),
  )

/** By turns: the author, then each other member of the audience, in whose name of this node's own. */
async function whomToAsk(app: App, tx: Tx, { organisation: author, audience_id, attempts }: Gap) {
  const audience = effectiveAt(await listAudienceVersions(tx, audience_id), app.clock())
  if (!audience) return undefined
  const readers = [audience.organisation, ...audience.audience].filter((who) =>
    isInAudience(audience, who),
  )
  const pinned = await tx
    .selectFrom('member')
    .select('organisation')
    .where('organisation', 'in', [author, ...readers])
    .where('state', '=', 'pinned')
    .orderBy('organisation')
    .execute()
  const known = pinned.map(({ organisation }) => organisation)
  const others = known.filter((who) => who !== author)
  const asked = known.includes(author) ? [author, ...others] : others
  const own = (await listOwn(tx)).find((who) => isInAudience(audience, who))
  const member = asked[attempts % Math.max(1, asked.length)]
  return own && member ? { organisation: own, member } : undefined
}
