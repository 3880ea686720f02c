import type { RecordedObject, RecordHeader } from '@tocsin/records/record.ts'
import { z } from 'zod'
import type { App } from '../app.ts'
import type { Tx } from '../database/database.ts'

/** The STIX types that do something here when they arrive; all others are kept to be read. */
export const ReceivedType = z.enum([
  'audience',
  'audience-key',
  'grouping',
  'report',
  'atrocity-alert',
  'receipt',
  'risk-edition',
  'attachment',
  'liaison-note',
  'liaison-receipt',
  'consultation',
  'contribution',
  'translation',
  'question',
  'question-end',
  'amendment',
  'position',
  'officers',
  'ballot',
  'sequence',
  'complaint',
  'rehome',
  'tally',
  'decision',
  'proof',
  'withdrawal',
])
export type ReceivedType = z.infer<typeof ReceivedType>

/**
 * What an area does when such a record arrives, in the transaction that keeps it. A Problem or an
 * object that is not of its schema refuses the record.
 */
export type Receiver = (
  app: App,
  tx: Tx,
  header: RecordHeader,
  object: RecordedObject,
) => Promise<void>

/** What an area lets in to be read, and does nothing about; it refuses in the same way. */
export type Check = { readonly check: (header: RecordHeader, object: RecordedObject) => void }

/** A type without a receiver does not compile. */
export type Receivers = Readonly<Record<ReceivedType, Receiver | Check>>
