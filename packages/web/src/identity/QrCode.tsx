import { encode } from 'uqr'
import { useShell } from '../shell/context.ts'

/** Cells of quiet around the code: ISO/IEC 18004 asks for four. */
const QUIET = 4

/** A square code as a drawing in the page: nothing is sent anywhere to make it. */
export function QrCode({ text }: { readonly text: string }) {
  const { t } = useShell()
  const { data, size } = encode(text, { border: QUIET })
  const dark = data.flatMap((row, y) =>
    row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])),
  )
  return (
    <svg className="qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={t('enrol.qr')}>
      <rect width={size} height={size} fill="#fff" />
      <path d={dark.join('')} fill="#000" />
    </svg>
  )
}
