import type { OrganisationId } from '@tocsin/domain/brand.ts'
import {
  type ContributionKind,
  type SpeechFault,
  whyNotReply,
  whyNotSay,
} from '@tocsin/domain/consultation.ts'
import type { StandingHearing, StandingRoom } from './store.ts'

const kindsOf = (place: StandingRoom | StandingHearing, own: OrganisationId): ContributionKind =>
  'hearing' in place && place.hearing.hears === own ? 'reply-of-concerned' : 'statement'

/** Why an organisation cannot say anything in the room or the thread; undefined where it can. */
export function whyMute(
  place: StandingRoom | StandingHearing,
  own: OrganisationId,
): SpeechFault | undefined {
  const kind = kindsOf(place, own)
  return 'hearing' in place
    ? whyNotReply(place.hearing, own, kind)
    : whyNotSay(place.room, own, kind)
}
