import type { AuditTables } from './schema/audit.ts'

/** Every table, one file of types an area. The migrations make them; these say what is in them. */
export type Schema = AuditTables
