import { useShell } from '../shell/context.ts'
import { formatMegabytes } from '../shell/format.ts'

type Props = { readonly done: number; readonly size: number; readonly label: string }

/** How far a file is, as a bar and in megabytes. */
export function FileProgress({ done, size, label }: Props) {
  const { t, locale } = useShell()
  const said = t('attachment.progress', {
    done: formatMegabytes(locale, Math.min(done, size)),
    all: formatMegabytes(locale, size),
  })
  return (
    <p role="status">
      <progress max={size} value={Math.min(done, size)} aria-label={label} /> {said}
    </p>
  )
}
