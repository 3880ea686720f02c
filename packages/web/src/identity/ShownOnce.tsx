import { useState } from 'react'
import { useShell } from '../shell/context.ts'

type Props = { readonly label: string; readonly text: string; readonly children?: string }

/** Something the node tells once, such as a link: to be copied now. */
export function ShownOnce({ label, text, children }: Props) {
  const { t } = useShell()
  const [isCopied, setCopied] = useState(false)
  const copy = async () => {
    await navigator.clipboard.writeText(text)
    setCopied(true)
  }
  return (
    <div className="once" role="status">
      <p>
        <b>{label}</b> {children}
      </p>
      <pre>
        <code>{text}</code>
      </pre>
      <p className="acts">
        <button type="button" className="b" onClick={() => void copy()}>
          {t('form.copy')}
        </button>
        {isCopied && <span className="ok">{t('form.copied')}</span>}
      </p>
    </div>
  )
}
