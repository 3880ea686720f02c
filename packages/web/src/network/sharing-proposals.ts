import { listApprovals } from '@tocsin/api/approvals.ts'
import type { OpenedMatter } from '@tocsin/api/docket.ts'
import type { Output } from '@tocsin/api/route.ts'
import { type AudienceSentence, previewSharing, SharingForm } from '@tocsin/api/sharing.ts'
import type { Shell } from '../shell/context.ts'

/** A proposal to share, with who would get it as things stand; undefined where it cannot be done now. */
export type SharingProposal = {
  readonly proposal: Output<typeof listApprovals>[number]
  readonly sentence: AudienceSentence | undefined
}

/** What waits for a second person on a matter. */
export async function readProposals(
  client: Shell['client'],
  { matter: { id: matter }, asOf }: Pick<OpenedMatter, 'matter' | 'asOf'>,
): Promise<SharingProposal[]> {
  const waiting = (await client(listApprovals, {})).filter(
    ({ act, state, expiresAt }) =>
      act.kind === 'sharing.share-matter' &&
      act.subject === matter &&
      state === 'waiting' &&
      expiresAt > asOf,
  )
  return Promise.all(
    waiting.map(async (proposal) => {
      const details = proposal.act.details as { readonly form?: unknown } | null
      const body = SharingForm.safeParse(details?.form).data
      // What cannot be done any more is shown as such, and the rest of the page all the same.
      const sentence =
        body && (await client(previewSharing, { params: { matter }, body }).catch(() => undefined))
      return { proposal, sentence }
    }),
  )
}
