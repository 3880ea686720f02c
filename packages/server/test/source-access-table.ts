import type { Actor } from '@tocsin/domain/actor.ts'
import { newId } from '@tocsin/domain/id.ts'
import { mayImportSources, mayReadVintage } from '@tocsin/domain/source-access.ts'
import type { Facts, TableRule } from './access-facts.ts'

/* The tables of the area sources as both rules see them, like those of people in access-table.ts. */

const imports = (actor: Actor) => mayImportSources(actor)
const readsFigures = (actor: Actor, { vintage }: Facts) => mayReadVintage(actor, vintage)
const hash = () => newId().replaceAll('-', '').repeat(2)
const NOW = '2026-01-01T00:00:00Z'
const day = '2026-01-01'

export const sourceTableRules: readonly TableRule[] = [
  {
    table: 'vintage',
    key: 'id',
    touch: 'source',
    row: ({ vintage }) => ({
      id: vintage.id,
      seq: Math.floor(Math.random() * 2 ** 50),
      source: 'observations',
      format: 'own-table',
      version: '',
      as_of: day,
      file: 'figures.csv',
      file_hash: hash(),
      rows_hash: hash(),
      rows: 1,
      left_out: 0,
      redistributable: vintage.redistributable,
      imported_at: NOW,
    }),
    read: readsFigures,
    insert: imports,
    remove: imports,
  },
  {
    table: 'observation',
    key: 'series',
    touch: 'value',
    row: ({ vintage }) => ({
      vintage: vintage.id,
      country: 'TCD',
      series: newId(),
      period: '2024',
      value: 1,
    }),
    read: readsFigures,
    insert: imports,
  },
  {
    table: 'ged_event',
    key: 'id',
    touch: 'best',
    row: ({ vintage }) => ({
      vintage: vintage.id,
      id: newId(),
      country: 'TCD',
      from_day: day,
      to_day: day,
      violence: 'one-sided',
      best: 1,
      low: 1,
      high: 1,
      civilians: 1,
    }),
    read: readsFigures,
    insert: imports,
  },
  {
    table: 'vintage_file',
    key: 'vintage',
    touch: 'content',
    row: () => ({ vintage: newId(), content: String.raw`\x00` }),
    read: imports,
    insert: imports,
  },
  {
    table: 'source_import',
    key: 'id',
    touch: 'file',
    row: () => ({ id: newId(), file: 'figures.csv', report: {}, started_at: NOW }),
    read: imports,
    insert: imports,
    update: imports,
    remove: imports,
  },
]
