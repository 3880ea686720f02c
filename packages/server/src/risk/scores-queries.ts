import type { getEdition, getScores } from '@tocsin/api/risk.ts'
import type { Output } from '@tocsin/api/route.ts'
import type { Actor } from '@tocsin/domain/actor.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import type { Edition } from '@tocsin/domain/risk.ts'
import type { App } from '../app.ts'
import { findCountryByCow } from '../countries/queries.ts'
import type { Tx } from '../database/database.ts'
import type { EditionFigures } from './edition-figures.ts'
import type { ScoreRecord } from './scorekeeping.ts'
import { listKept, readFigures } from './store.ts'

/** How the method has done on years it had not seen, beside naive rankings. */
export async function readScores(app: App, actor: Actor): Promise<Output<typeof getScores>> {
  return app.db.as(actor, async (tx) => {
    const { edition, scores } = await latestScores(tx, await listKept(tx))
    const { A, R, B, baselines } = scores
    return {
      edition,
      definitions: { A: recordOf(A), R: recordOf(R), B: recordOf(B) },
      baselines: [...baselines],
    }
  })
}

/** What stands beside every estimate of an edition; one that was only published has the latest record. */
export async function standingOf(
  tx: Tx,
  edition: Edition,
  all: readonly Edition[],
): Promise<Output<typeof getEdition>['standing']> {
  const { scores } = await latestScores(tx, edition.origin === 'published' ? all : [edition])
  const { pooled } = scores.B
  return {
    caught30: pooled.caught.top30,
    onsets: pooled.positives,
    baselines: scores.baselines.map(({ name, caught, auc }) => ({
      name,
      caught30: caught.top30,
      auc,
    })),
    scores: '/api/risk/scores',
  }
}

async function latestScores(tx: Tx, editions: readonly Edition[]) {
  const edition = editions.find(({ origin }) => origin !== 'published')
  if (!edition) throw new Problem('edition.not-found', { edition: 'latest' })
  const { scores } = (await readFigures(tx, edition)) as EditionFigures
  return { edition, scores }
}

function recordOf({ pooled, years, calibration, misses }: ScoreRecord) {
  return {
    pooled,
    years: [...years],
    calibration: { ...calibration, bins: [...calibration.bins] },
    misses: misses.map(({ code, year, rank }) => ({
      country: findCountryByCow(code)?.iso3 ?? null,
      code,
      year,
      rank,
    })),
  }
}
