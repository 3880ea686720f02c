import type { Signature } from '@tocsin/domain/warning.ts'
import { useShell } from '../shell/context.ts'
import { formatInstant } from '../shell/format.ts'

type Props = { readonly signatures: readonly Signature[]; readonly needed: number }

/** Who has signed, in which office, when and with what; and whose signature is waited for. */
export function Signatures({ signatures, needed }: Props) {
  const { t, locale } = useShell()
  const places = Array.from({ length: Math.max(needed, signatures.length) }, (_, at) => at)
  return places.map((at) => {
    const signed = signatures[at]
    return (
      <div key={at} className="by">
        <span className={signed ? 't d' : 't'} aria-hidden="true">
          {at + 1}
        </span>
        {signed ? (
          <span>
            <b>{signed.name}</b>
            {signed.office && `, ${signed.office}`}
            <small>
              {t('warning.signed-at', {
                at: formatInstant(locale, signed.at),
                credential: signed.credential,
              })}
            </small>
          </span>
        ) : (
          <span className="two">
            {t(at + 1 === needed ? 'warning.waits-focal-point' : 'warning.waits-first')}
          </span>
        )}
        {signed && <b className="ok sm">{t('warning.signed')}</b>}
      </div>
    )
  })
}
