import { newId } from '@tocsin/domain/id.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import { createContext, type ReactNode, useContext, useEffect, useRef, useState } from 'react'
import { useShell } from '../shell/context.ts'
import { FaultNote } from './FaultNote.tsx'
import { NeedsScript } from './NeedsScript.tsx'
import { useAct } from './use-act.ts'

/** The fields that the node did not accept. */
const RefusedContext = createContext<readonly string[]>([])

type Props = {
  /** What the button does, in words. */
  readonly submit: string
  /** The one main act of a page is drawn solid. */
  readonly isMain?: boolean
  /** The id stays the same until the act is done, so that sending it twice makes one thing. */
  readonly deed: (fields: FormData, id: string) => Promise<void>
  readonly children?: ReactNode
}

/** A form whose act is done by script: what is typed never becomes part of an address. */
export function ActForm({ submit, isMain, deed, children }: Props) {
  const { t, textOnly } = useShell()
  const { run, busy, done, fault } = useAct()
  const id = useRef<string | undefined>(undefined)
  const ready = useReady()
  if (textOnly) return <NeedsScript />
  const send = (form: HTMLFormElement) =>
    run(async () => {
      id.current ??= newId<string>()
      await deed(new FormData(form), id.current)
      id.current = undefined
      form.reset()
    })
  return (
    <form
      method="post"
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        void send(event.currentTarget)
      }}
    >
      <noscript>
        <NeedsScript />
      </noscript>
      <fieldset disabled={!ready}>
        <RefusedContext value={refusedIn(fault)}>{children}</RefusedContext>
        <button type="submit" className={isMain ? 'b l p' : 'b'} aria-disabled={busy}>
          {busy ? t('form.busy') : submit}
        </button>
      </fieldset>
      <p className="said" role="status">
        {done && t('form.done')}
      </p>
      <FaultNote fault={fault} />
    </form>
  )
}

/** Whether the page listens already: what is sent before that would leave as a plain form. */
export function useReady(): boolean {
  const [ready, setReady] = useState(false)
  useEffect(() => setReady(true), [])
  return ready
}

/** Whether the node refused the field of this name. */
export function useRefused(name: string): boolean {
  return useContext(RefusedContext).includes(name)
}

function refusedIn(fault: unknown): readonly string[] {
  if (!(fault instanceof Problem)) return []
  const { issues } = fault.details
  if (!Array.isArray(issues)) return []
  return issues.flatMap((issue) => {
    const path = issue && typeof issue === 'object' && 'path' in issue ? issue['path'] : undefined
    return typeof path === 'string' ? [path.split('.').at(-1) ?? path] : []
  })
}

/** What somebody typed into the field, or chose. */
export function textOf(fields: FormData, name: string): string {
  return String(fields.get(name) ?? '').trim()
}
