import type { Instant, PersonId } from '@tocsin/domain/brand.ts'
import type { ConsultationId } from '@tocsin/domain/consultation.ts'

export type ConsultationTables = {
  consultation_look: {
    id: string
    person: PersonId
    consultation: ConsultationId
    looked_at: Instant
    seen: Instant
  }
}
