import type { Instant } from '@tocsin/domain/brand.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import { BuildProgress, BuildRequest, type EditionId } from '@tocsin/domain/risk.ts'
import type { Tx } from '../database/database.ts'

/** Notes what is asked for; asking again is for what failed, or came to nothing. */
export async function startBuild(tx: Tx, request: BuildRequest, at: Instant): Promise<void> {
  const asked = {
    request: JSON.stringify(request),
    state: 'waiting',
    done: 0,
    of_all: 0,
    problem: null,
    asked_at: at,
  } as const
  await tx
    .insertInto('risk_build')
    .values({ edition: request.edition, ...asked })
    .onConflict((conflict) => conflict.column('edition').doUpdateSet(asked))
    .execute()
}

export async function readBuild(tx: Tx, edition: EditionId): Promise<BuildProgress> {
  const row = await tx
    .selectFrom('risk_build')
    .select(['edition', 'state', 'done', 'of_all', 'problem'])
    .where('edition', '=', edition)
    .executeTakeFirst()
  if (!row) throw new Problem('edition.not-found', { edition })
  const { of_all, ...rest } = row
  return BuildProgress.parse({ ...rest, of: of_all })
}

/** What the job is to make; undefined when nobody asked for it any more. */
export async function readRequest(tx: Tx, edition: EditionId): Promise<BuildRequest | undefined> {
  const row = await tx
    .selectFrom('risk_build')
    .select('request')
    .where('edition', '=', edition)
    .executeTakeFirst()
  return row && BuildRequest.parse(row.request)
}

type News = Partial<Pick<BuildProgress, 'state' | 'done' | 'of' | 'problem'>>

export async function reportBuild(
  tx: Tx,
  edition: EditionId,
  { of, problem, ...news }: News,
): Promise<void> {
  await tx
    .updateTable('risk_build')
    .set({
      ...news,
      ...(of !== undefined && { of_all: of }),
      ...(problem && { problem: JSON.stringify(problem) }),
    })
    .where('edition', '=', edition)
    .execute()
}
