import { readdirSync } from 'node:fs'
import { system } from '@tocsin/domain/actor.ts'
import { Edition } from '@tocsin/domain/risk.ts'
import { canonicalJson } from '@tocsin/records/canonical.ts'
import type { App } from '../app.ts'
import { readShipped } from '../sources/shipped.ts'
import { type FrozenEdition, sha256 } from './freeze.ts'
import { keepEdition, listKept } from './store.ts'

const folder = new URL('../../facts/risk/', import.meta.url)

/** The editions that come with the product. */
export function readShippedEditions(): readonly FrozenEdition[] {
  return readdirSync(folder)
    .filter((file) => file.startsWith('edition-'))
    .map((file) => {
      const { figures, ...statement } = JSON.parse(readShipped(`risk/${file}`))
      const edition = Edition.parse(statement)
      const text = canonicalJson(figures)
      if (sha256(text) !== edition.figuresHash) throw new Error(`${file} was altered`)
      return { edition, figures: text }
    })
}

/** Keeps the shipped editions, once. One kept under the same name before stays as it was. */
export async function keepShippedEditions(app: App): Promise<void> {
  await app.db.as(system, async (tx) => {
    const kept = new Map((await listKept(tx)).map(({ id, figuresHash }) => [id, figuresHash]))
    for (const shipped of readShippedEditions()) {
      const { id, figuresHash } = shipped.edition
      const before = kept.get(id)
      if (before === undefined) await keepEdition(tx, shipped, app.clock())
      else if (before !== figuresHash) {
        app.log.warn({ edition: id, kept: before }, 'kept edition differs from the shipped one')
      }
    }
  })
}
