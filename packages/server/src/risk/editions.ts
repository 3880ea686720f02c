import { readdirSync } from 'node:fs'
import { Edition, type EditionId } from '@tocsin/domain/risk.ts'
import { readShipped } from '../sources/queries.ts'
import type { EditionFigures } from './edition-figures.ts'

/** An edition as it is kept: what it is, and everything it computed. */
export type KeptEdition = { readonly edition: Edition; readonly figures: EditionFigures }

const folder = new URL('../../facts/risk/', import.meta.url)

function readEdition(file: string): KeptEdition {
  const { figures, ...meta } = JSON.parse(readShipped(`risk/${file}`))
  const { baseRate, states } = figures as EditionFigures
  const edition = Edition.parse({
    codeVersion: '0.1.0',
    ...meta,
    baseRate,
    countries: states.length,
  })
  return { edition, figures }
}

const shipped = readdirSync(folder)
  .filter((file) => file.startsWith('edition-'))
  .map(readEdition)
  .sort((a, b) => (a.edition.id < b.edition.id ? 1 : -1))

/** All editions, newest first. */
export const listKeptEditions = (): readonly KeptEdition[] => shipped

export function findKeptEdition(id: EditionId): KeptEdition | undefined {
  return shipped.find(({ edition }) => edition.id === id)
}

/** The edition before this one. */
export function findPreviousEdition(id: EditionId): KeptEdition | undefined {
  return shipped.find(({ edition }) => edition.id < id)
}
