import { Rehome } from '@tocsin/domain/rehoming.ts'
import { Complaint, Sequence } from '@tocsin/domain/sequence.ts'
import { z } from 'zod'
import type { RecordedObject } from '../record.ts'
import { roomObject, roomParts } from './room-object.ts'
import { readContent } from './shared-object.ts'

/** A step of the order, by the home node. */
export const SharedSequence = z
  .object({ ...roomParts, sequence: Sequence })
  .refine(({ sequence, consultation }) => sequence.consultation === consultation)
  .refine(({ sequence, organisation }) => sequence.home === organisation)
export type SharedSequence = Readonly<z.infer<typeof SharedSequence>>

export const sequenceObject = (shared: SharedSequence): RecordedObject =>
  roomObject('sequence', [shared.sequence.term, shared.sequence.place], SharedSequence, shared)

export const readSequenceObject = (object: RecordedObject): SharedSequence =>
  readContent(SharedSequence, object)

/** That a record does not stand in the order, by whoever wrote it, with the proof of its log. */
export const SharedComplaint = z
  .object({ ...roomParts, complaint: Complaint, proof: z.string().max(20_000) })
  .refine(({ complaint, consultation }) => complaint.consultation === consultation)
export type SharedComplaint = Readonly<z.infer<typeof SharedComplaint>>

export const complaintObject = (shared: SharedComplaint): RecordedObject =>
  roomObject('complaint', [shared.complaint.missing], SharedComplaint, shared)

export const readComplaintObject = (object: RecordedObject): SharedComplaint =>
  readContent(SharedComplaint, object)

/** One participant's signature for another home. */
export const SharedRehome = z
  .object({ ...roomParts, rehome: Rehome })
  .refine(({ rehome, consultation }) => rehome.consultation === consultation)
export type SharedRehome = Readonly<z.infer<typeof SharedRehome>>

export const rehomeObject = (shared: SharedRehome): RecordedObject =>
  roomObject('rehome', [shared.rehome.term, shared.rehome.to], SharedRehome, shared)

export const readRehomeObject = (object: RecordedObject): SharedRehome =>
  readContent(SharedRehome, object)
