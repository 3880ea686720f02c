import type { Actor } from '@tocsin/domain/actor.ts'
import { newId } from '@tocsin/domain/id.ts'
import { mayBuildEdition, mayFreezeEdition, mayReadEdition } from '@tocsin/domain/risk-access.ts'
import { mayImportSources, mayReadVintage } from '@tocsin/domain/source-access.ts'
import type { Facts, TableRule } from './access-facts.ts'

/* The tables of the areas sources and risk as both rules see them, like those of people in access-table.ts. */

const imports = (actor: Actor) => mayImportSources(actor)
const builds = (actor: Actor) => mayBuildEdition(actor)
const readsFigures = (actor: Actor, { vintage }: Facts) => mayReadVintage(actor, vintage)
const hash = () => newId().replaceAll('-', '').repeat(2)
const NOW = '2026-01-01T00:00:00Z'
const day = '2026-01-01'

export const figureTableRules: readonly TableRule[] = [
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
  {
    table: 'risk_input',
    key: 'sha256',
    touch: 'name',
    row: () => ({
      sha256: hash(),
      kind: 'predictors',
      name: 'predictors.csv',
      rows: 1,
      content: String.raw`\x00`,
      kept_at: NOW,
    }),
    read: builds,
    insert: builds,
  },
  {
    table: 'risk_edition',
    key: 'id',
    touch: 'data_year',
    row: () => ({
      id: newId(),
      data_year: 2024,
      statement: {},
      figures: '{}',
      figures_hash: hash(),
      kept_at: NOW,
    }),
    read: (actor) => mayReadEdition(actor),
    insert: (actor) => mayFreezeEdition(actor),
  },
  {
    table: 'risk_build',
    key: 'edition',
    touch: 'done',
    row: () => ({
      edition: newId(),
      request: {},
      state: 'waiting',
      done: 0,
      of_all: 0,
      asked_at: NOW,
    }),
    read: builds,
    insert: builds,
    update: builds,
    remove: builds,
  },
]
