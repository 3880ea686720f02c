import type { OrganisationId } from '@tocsin/domain/brand.ts'
import { addMilliseconds } from '@tocsin/domain/clock.ts'
import { openCheckpoint } from '@tocsin/records/log/checkpoint.ts'
import { readVerifierKey } from '@tocsin/records/log/note.ts'
import { isSameHash } from '@tocsin/records/log/tree.ts'
import type { Directory } from '@tocsin/records/trust/directory.ts'
import type { App } from '../app.ts'
import type { Tx } from '../database/database.ts'
import { PUBLISHED_WITHIN_MS, watchLog } from './log.ts'
import { recordFinding } from './log-findings.ts'

type Said = Pick<Directory, 'logs' | 'witnesses' | 'ended' | 'address'>

/**
 * The log that a member's directory names is followed and cosigned from now on, and its node asked to
 * cosign ours. Where it took the place of another, that is named: a log that ended after what was seen of
 * it, as the directory says, was restored from a backup; anything else is a rollback, and frozen.
 */
export async function followLog(
  app: App,
  tx: Tx,
  organisation: OrganisationId,
  { logs, witnesses, ended, address }: Said,
): Promise<void> {
  const [verifierKey] = logs
  const key = verifierKey === undefined ? undefined : readVerifierKey(verifierKey)
  if (verifierKey === undefined || !key) return
  await watchLog(tx, {
    organisation,
    verifierKey,
    address: `${address}/log/${organisation}`,
    witnessKey: witnesses[0] ?? null,
    witnessAddress: witnesses.length > 0 ? `${address}/witness` : null,
  })
  const before = await tx
    .updateTable('known_log')
    .set({ ended_at: app.clock() })
    .where('organisation', '=', organisation)
    .where('origin', '<>', key.name)
    .where('ended_at', 'is', null)
    .returning(['origin', 'verifier_key', 'note'])
    .execute()
  for (const old of before) {
    await awaitInNext(app, tx, old.origin, key.name)
    const { kind, newer } = judgeEnd(old, ended)
    const evidence = { older: old.note, newer: newer ?? verifierKey }
    await recordFinding(app, tx, { origin: key.name, kind, evidence })
  }
}

type Seen = { readonly verifier_key: string; readonly note: string | null }

/** What the end of a log is, by what was seen of it and what is said of its end. */
function judgeEnd({ verifier_key, note }: Seen, ended: readonly string[]) {
  const key = readVerifierKey(verifier_key)
  const open = (text: string | null) =>
    key && text !== null ? openCheckpoint(text, key) : undefined
  const seen = open(note)
  const end = ended.map(open).find((one) => one !== undefined)
  const newer = end?.bare
  if (!end) return { kind: 'rollback', newer } as const
  if (!seen || seen.size < end.size) return { kind: 'restored', newer } as const
  if (seen.size > end.size) return { kind: 'rollback', newer } as const
  const isSame = isSameHash(seen.root, end.root)
  return { kind: isSame ? 'restored' : 'split-view', newer } as const
}

/** What was not found in the one must come to stand in the other. */
const awaitInNext = (app: App, tx: Tx, ended: string, origin: string) =>
  tx
    .updateTable('awaited_entry')
    .set({ origin, due_at: addMilliseconds(app.clock(), PUBLISHED_WITHIN_MS) })
    .where('origin', '=', ended)
    .where('index', 'is', null)
    .execute()
