import { useState } from 'react'
import { useShell } from '../shell/context.ts'

/** Puts a text on the clipboard and says so. */
export function CopyButton({ text }: { readonly text: string }) {
  const { t } = useShell()
  const [isCopied, setCopied] = useState(false)
  const copy = async () => {
    await navigator.clipboard.writeText(text)
    setCopied(true)
  }
  return (
    <>
      <button type="button" className="b" onClick={() => void copy()}>
        {t('form.copy')}
      </button>
      {isCopied && (
        <span className="ok" role="status">
          {t('form.copied')}
        </span>
      )}
    </>
  )
}
