import { useShell } from '../shell/context.ts'
import { ShownOnce } from './ShownOnce.tsx'

type Props = { readonly codes: readonly string[]; readonly onKept: () => void }

/** For the day the authenticator is lost: each works once, and they are told once. */
export function RecoveryCodes({ codes, onKept }: Props) {
  const { t } = useShell()
  return (
    <section className="acts">
      <ShownOnce label={t('enrol.codes')} text={codes.join('\n')}>
        {t('enrol.codes-hint')}
      </ShownOnce>
      <p className="acts noprint">
        <button type="button" className="b" onClick={() => window.print()}>
          {t('form.print')}
        </button>
        <button type="button" className="b p" onClick={onKept}>
          {t('enrol.codes-kept')}
        </button>
      </p>
    </section>
  )
}
