import { useRouter } from '@tanstack/react-router'
import { getWarning, type OpenedWarning, saveWarning } from '@tocsin/api/warnings.ts'
import { CATALOGUE_VERSION } from '@tocsin/domain/action-catalogue/catalogue.ts'
import type { Instant } from '@tocsin/domain/brand.ts'
import { type DraftField, mergeDrafts } from '@tocsin/domain/draft-merge.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import { WarningDraft } from '@tocsin/domain/warning.ts'
import { useEffect, useRef, useState } from 'react'
import { useShell } from '../shell/context.ts'

/** How the text on the page stands to what the node holds. */
export type Standing =
  | { readonly state: 'saved'; readonly at: Instant }
  | { readonly state: 'waiting' | 'saving' }
  | { readonly state: 'failed'; readonly fault: unknown }
  /** The node would not take these parts as they stand: invisible signs, or far too long. */
  | { readonly state: 'refused'; readonly fields: readonly DraftField[] }
  | {
      readonly state: 'disputed'
      readonly theirs: WarningDraft
      readonly by: string | null
      readonly at: Instant
      readonly fields: readonly DraftField[]
    }

export type Change = (patch: Partial<WarningDraft>) => void

/** Soon enough that little can be lost, late enough not to send every letter. */
const PAUSE_MS = 1000
const RETRY_MS = 3000

const isSame = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)

/**
 * A draft as it is being written: saved a second after the last change, tried again for as long as
 * the node cannot be reached, brought together with what another person wrote meanwhile.
 */
export function useDraft(opened: OpenedWarning) {
  const { client } = useShell()
  const router = useRouter()
  const { id: warning, matter, replaces } = opened.warning
  /** What the node last said of the draft: who would see it, what keeps it from being signed. */
  const [fresh, refresh] = useState(opened)
  const [draft, setDraft] = useState(opened.warning.draft)
  const [standing, stand] = useState<Standing>({ state: 'saved', at: opened.warning.savedAt })
  const [taken, take] = useState<readonly DraftField[]>([])
  const kept = useRef({
    draft: opened.warning.draft,
    /** What both this page and the node know, and its hash there. */
    base: opened.warning.draft,
    read: opened.warning.sha256,
    isSaving: false,
    isDisputed: false,
    timer: undefined as ReturnType<typeof setTimeout> | undefined,
  }).current

  const set = (next: WarningDraft) => {
    kept.draft = next
    setDraft(next)
  }

  const reload = async () => {
    const said = await client(getWarning, { params: { warning } })
    // Somebody else sent it meanwhile: the page shows the letter that was sent.
    if (said.warning.state !== 'draft') await router.invalidate()
    else if (said.warning.sha256 !== kept.read) bringTogether(said)
    refresh(said)
  }

  const bringTogether = (said: OpenedWarning) => {
    const { draft: theirs, sha256, savedBy: by, savedAt: at } = said.warning
    const mine = WarningDraft.safeParse(kept.draft).data ?? kept.draft
    const merged = mergeDrafts(kept.base, mine, theirs)
    kept.base = theirs
    kept.read = sha256
    kept.isDisputed = merged.disputed.length > 0
    set(merged.draft)
    take(merged.taken)
    if (kept.isDisputed) stand({ state: 'disputed', theirs, by, at, fields: merged.disputed })
    else if (isSame(merged.draft, theirs)) stand({ state: 'saved', at })
    else later(0)
  }

  const later = (ms: number) => {
    clearTimeout(kept.timer)
    stand({ state: 'waiting' })
    kept.timer = setTimeout(() => void save(), ms)
  }

  const save = async (): Promise<void> => {
    if (kept.isSaving || kept.isDisputed) return
    const sent = WarningDraft.safeParse(kept.draft)
    if (!sent.success) {
      const fields = sent.error.issues.map(({ path }) => path[0] as DraftField)
      stand({ state: 'refused', fields: [...new Set(fields)] })
      return
    }
    kept.isSaving = true
    const written = kept.draft
    stand({ state: 'saving' })
    try {
      const body = { matter, draft: sent.data, replaces, read: kept.read }
      const { sha256, savedAt } = await client(saveWarning, { params: { warning }, body })
      kept.base = sent.data
      kept.read = sha256
      // What was written meanwhile is not there yet, and whoever leaves now is asked.
      if (kept.draft === written) stand({ state: 'saved', at: savedAt })
      refresh(await client(getWarning, { params: { warning } }))
    } catch (fault) {
      await failed(fault)
    } finally {
      kept.isSaving = false
      if (kept.draft !== written && !kept.isDisputed) later(PAUSE_MS)
    }
  }

  const failed = async (fault: unknown) => {
    const isOvertaken = ['warning.changed', 'warning.not-draft']
    if (fault instanceof Problem && isOvertaken.includes(fault.code)) {
      await reload().catch((again: unknown) => stand({ state: 'failed', fault: again }))
      return
    }
    stand({ state: 'failed', fault })
    // What the node refused it refuses again; what it did not answer it may answer later.
    if (fault instanceof Problem && fault.status < 500) return
    clearTimeout(kept.timer)
    kept.timer = setTimeout(() => void save(), RETRY_MS)
  }

  const change: Change = (patch) => {
    set({ ...kept.draft, catalogue: CATALOGUE_VERSION, ...patch })
    if (!kept.isDisputed) later(PAUSE_MS)
  }

  /** One part that both had changed, as the person wants it; the last choice saves. */
  const choose = (field: DraftField, isMine: boolean) => {
    if (standing.state !== 'disputed') return
    if (!isMine) set({ ...kept.draft, [field]: standing.theirs[field] })
    const fields = standing.fields.filter((one) => one !== field)
    kept.isDisputed = fields.length > 0
    if (kept.isDisputed) stand({ ...standing, fields })
    else later(0)
  }

  useEffect(() => refresh(opened), [opened])
  useLeaving(standing.state !== 'saved', () => void save())
  return { draft, change, standing, fresh, taken, choose, reload, read: kept.read }
}

/** Asks before a page is left whose words are not saved, and saves when another page is opened. */
function useLeaving(isUnsaved: boolean, save: () => void): void {
  const last = useRef({ isUnsaved, save })
  last.current = { isUnsaved, save }
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => {
      if (last.current.isUnsaved) event.preventDefault()
    }
    const back = () => last.current.isUnsaved && last.current.save()
    addEventListener('beforeunload', ask)
    addEventListener('online', back)
    return () => {
      removeEventListener('beforeunload', ask)
      removeEventListener('online', back)
      if (last.current.isUnsaved) last.current.save()
    }
  }, [])
}
