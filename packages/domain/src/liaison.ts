import { z } from 'zod'
import { Day, Instant, OrganisationId } from './brand.ts'
import { Locale } from './locale.ts'
import { MatterId } from './matter.ts'
import { Line } from './people.ts'
import { Paragraphs } from './text.ts'

/*
 * Work with the UN Office on Genocide Prevention and the Responsibility to Protect: what is asked of it,
 * and what it asks. The Office is no user of this node: what it says is put on record by hand.
 */

export const LiaisonRequestId = z.uuidv7().brand<'LiaisonRequestId'>()
export type LiaisonRequestId = z.infer<typeof LiaisonRequestId>

export const RequestKind = z.enum(['training', 'mission', 'information'])
export type RequestKind = z.infer<typeof RequestKind>

/** Who asks whom: we the Office, or the Office us. */
export const RequestDirection = z.enum(['to-office', 'from-office'])
export type RequestDirection = z.infer<typeof RequestDirection>

/** How far a request has come; the last two are its ends. */
export const RequestState = z.enum(['drafted', 'sent', 'acknowledged', 'answered', 'declined'])
export type RequestState = z.infer<typeof RequestState>

/** What the form sends; the client makes the id, so that sending it twice makes one request. */
export const RequestForm = z
  .object({
    kind: RequestKind,
    direction: RequestDirection,
    subject: Line,
    text: Paragraphs,
    locale: Locale,
    /** The matter it is about; none where it is about no one matter. */
    matter: MatterId.nullable(),
    wantedBy: Day.nullable(),
    /** The day on which a request of the Office came; none for one of ours, which is drafted first. */
    cameOn: Day.nullable(),
  })
  .refine(({ direction, cameOn }) => (direction === 'from-office') === (cameOn !== null), {
    path: ['cameOn'],
  })
export type RequestForm = Readonly<z.infer<typeof RequestForm>>

/** A step of a request as a person put it on record: on which day, by which way, in which words. */
export const RequestStep = z.object({
  to: RequestState.exclude(['drafted']),
  on: Day,
  how: Line.nullable(),
  text: Paragraphs.nullable(),
})
export type RequestStep = Readonly<z.infer<typeof RequestStep>>

export const LiaisonRequest = z.object({
  id: LiaisonRequestId,
  organisation: OrganisationId,
  ...RequestForm.shape,
  state: RequestState,
  madeAt: Instant,
  /** The first step first. */
  steps: z.array(RequestStep.extend({ by: Line.nullable(), recordedAt: Instant })),
})
export type LiaisonRequest = Readonly<z.infer<typeof LiaisonRequest>>

/** Where a request may go from where it stands; nothing goes back. */
const ways: Readonly<Record<RequestState, readonly RequestStep['to'][]>> = {
  drafted: ['sent'],
  sent: ['acknowledged', 'answered', 'declined'],
  acknowledged: ['answered', 'declined'],
  answered: [],
  declined: [],
}

export const nextSteps = (from: RequestState): readonly RequestStep['to'][] => ways[from]

/** Where a request begins: ours as a draft, the Office's as one that was sent. */
export const firstState = (direction: RequestDirection): RequestState =>
  direction === 'to-office' ? 'drafted' : 'sent'

/** What a step lacks, by the name of the field: an end says in which words, a sending by which way. */
export function lackingIn({ to, how, text }: RequestStep): readonly ('how' | 'text')[] {
  const isEnd = ways[to].length === 0
  return [
    ...(to === 'sent' && how === null ? (['how'] as const) : []),
    ...(isEnd && text === null ? (['text'] as const) : []),
  ]
}
