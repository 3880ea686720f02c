import type { OrganisationId } from '@tocsin/domain/brand.ts'
import type { GivenPosition } from '@tocsin/domain/position.ts'
import type { Silence, SilentMember } from '@tocsin/domain/silence.ts'
import type { Block, Words } from './content.ts'
import type { MinuteFacts } from './minute.ts'
import type { Wording } from './wording.ts'

/** Everybody who was on the roster: present or recused, and the vote or position of each. */
export function membersTable(facts: MinuteFacts, wording: Wording): Block {
  const { t } = wording
  const { question, checked, nameOf } = facts
  const { silence } = checked
  const third = silence ? t('proposal.received') : t('document.minute-vote')
  return {
    kind: 'table',
    columns: [
      { head: t('document.organisation'), share: 4 },
      { head: t(silence ? 'proposal.position' : 'document.minute-part'), share: 5 },
      { head: third, share: 4 },
    ],
    rows: question.proposal.roster.map(({ organisation }) => [
      { text: nameOf(organisation) },
      ...(silence
        ? silentCells(facts, silence, organisation, wording)
        : ballotCells(facts, organisation, wording)),
    ]),
  }
}

/** Why it took no part; undefined where it could have. */
function recusalOf(
  { decision, checked }: MinuteFacts,
  who: OrganisationId,
  { t }: Wording,
): string | undefined {
  const out = decision.recused.find(({ organisation }) => organisation === who)
  if (out) return t(`document.minute-recused-${out.reason}`)
  const isExpelled = checked.expelled.some(({ organisation }) => organisation === who)
  return isExpelled ? t('proposal.state-expelled') : undefined
}

function ballotCells(facts: MinuteFacts, who: OrganisationId, wording: Wording): Words[] {
  const { t } = wording
  const out = recusalOf(facts, who, wording)
  const vote = facts.decision.votes.find(({ organisation }) => organisation === who)
  if (!vote) return [{ text: out ?? t('document.minute-absent') }, { text: '–' }]
  const { choice } = vote
  return [{ text: t('document.minute-present') }, { text: t(`document.minute-vote-${choice}`) }]
}

function silentCells(
  facts: MinuteFacts,
  silence: Silence,
  who: OrganisationId,
  wording: Wording,
): Words[] {
  const { t, time } = wording
  const member = silence.members.find(({ organisation }) => organisation === who)
  const state = member?.state ?? 'not-received'
  const at = member?.saidAt ? time(member.saidAt) : '–'
  const out = recusalOf(facts, who, wording)
  return [
    { text: out ?? t(`proposal.state-${state}`, { at }) },
    { text: out ? '–' : receiptOf(member, facts.evidence.positions, wording) },
  ]
}

/** By when it had the text, and how that is known. */
function receiptOf(
  member: SilentMember | undefined,
  positions: readonly GivenPosition[],
  { t, time }: Wording,
): string {
  if (!member?.receivedAt) return t('proposal.not-received')
  const at = time(member.receivedAt)
  const { receivedBy, organisation } = member
  if (receivedBy === null || receivedBy === 'record') return at
  const heard = positions.find(
    ({ position, provenAt }) => position.member === organisation && provenAt === member.receivedAt,
  )
  const way = heard?.position.way
  const n = way && way.kind !== 'record' ? way.witnesses.length : 0
  return t(`proposal.by-${receivedBy}`, { at, n })
}
