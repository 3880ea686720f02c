import type { ActionPlanTables } from './schema/action-plans.ts'
import type { AgendaTables } from './schema/agendas.ts'
import type { AttachmentTables } from './schema/attachments.ts'
import type { AuditTables } from './schema/audit.ts'
import type { CalendarTables } from './schema/calendar.ts'
import type { ConsultationTables } from './schema/consultations.ts'
import type { DocketTables } from './schema/docket.ts'
import type { ExchangeTables } from './schema/exchange.ts'
import type { ExerciseTables } from './schema/exercises.ts'
import type { LiaisonTables } from './schema/liaison.ts'
import type { LogTables } from './schema/log.ts'
import type { NetworkTables } from './schema/network.ts'
import type { PeopleTables } from './schema/people.ts'
import type { RiskTables } from './schema/risk.ts'
import type { SharingTables } from './schema/sharing.ts'
import type { SourceTables } from './schema/sources.ts'
import type { TrustTables } from './schema/trust.ts'
import type { WithdrawalTables } from './schema/withdrawal.ts'

/** Every table, one file of types an area. The migrations make them; these say what is in them. */
export type Schema = ActionPlanTables &
  AgendaTables &
  AttachmentTables &
  AuditTables &
  CalendarTables &
  ConsultationTables &
  DocketTables &
  ExchangeTables &
  ExerciseTables &
  LiaisonTables &
  LogTables &
  NetworkTables &
  PeopleTables &
  RiskTables &
  SharingTables &
  SourceTables &
  TrustTables &
  WithdrawalTables
