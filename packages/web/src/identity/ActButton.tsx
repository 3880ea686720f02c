import type { ReactNode } from 'react'
import { useShell } from '../shell/context.ts'
import { useReady } from './ActForm.tsx'
import { FaultNote } from './FaultNote.tsx'
import { useAct } from './use-act.ts'

type Props = {
  readonly deed: () => Promise<void>
  readonly isMain?: boolean
  /** What the act is about: tells apart buttons of the same words, for those who hear them. */
  readonly about?: string
  readonly children: ReactNode
}

/** A button that does one act, and says beside it when the act was not done. */
export function ActButton({ deed, isMain, about, children }: Props) {
  const { t } = useShell()
  const { run, busy, fault } = useAct()
  const ready = useReady()
  return (
    <>
      <button
        type="button"
        className={isMain ? 'b l p' : 'b'}
        disabled={!ready}
        aria-disabled={busy}
        onClick={() => void run(deed)}
      >
        {busy ? t('form.busy') : children}
        {about && <span className="vh">{about}</span>}
      </button>
      <FaultNote fault={fault} />
    </>
  )
}

type SureProps = Props & { readonly warning: string; readonly act: string }

/** An act that cannot be undone: first what it does is said, then a second button does it. */
export function SureButton({ act, warning, children, ...button }: SureProps) {
  return (
    <details className="sure">
      <summary>{children}</summary>
      <p>{warning}</p>
      <ActButton {...button}>{act}</ActButton>
    </details>
  )
}
