import { Day } from '@tocsin/domain/brand.ts'
import { ImportId, ImportReport, Vintage, VintageId } from '@tocsin/domain/source.ts'
import { z } from 'zod'
import type { Route } from './route.ts'

export const listSources = {
  method: 'GET',
  path: '/api/sources',
  summary: 'List what is held of each source, with version, period and terms, newest import first',
  response: z.array(Vintage),
} as const satisfies Route

export const importFile = {
  method: 'PUT',
  path: '/api/sources/imports/:import',
  summary:
    'Import a file of a publisher, told by its content: all of it or, with bad rows, nothing of it',
  /** Made by whoever sends the file, so that sending again is seen to be the same import. */
  params: z.object({ import: ImportId }),
  query: z.object({
    name: z.string().min(1).max(200),
    /** Whether rows that are not understood are to be left out, and the others kept. */
    leaveOutBad: z.enum(['yes', 'no']).optional(),
    /** The day as of which the figures hold, where it is not today. */
    asOf: Day.optional(),
  }),
  consumes: 'stream',
  response: ImportReport,
} as const satisfies Route

export const getImport = {
  method: 'GET',
  path: '/api/sources/imports/:import',
  summary: 'Read how far an import is, or how it ended',
  params: z.object({ import: ImportId }),
  response: ImportReport,
} as const satisfies Route

export const removeVintage = {
  method: 'DELETE',
  path: '/api/sources/vintages/:vintage',
  summary: 'Remove an imported file with its figures; what it replaced is shown again',
  params: z.object({ vintage: VintageId }),
  response: z.object({ removed: VintageId }),
} as const satisfies Route
