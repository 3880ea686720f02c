import * as api from '@tocsin/api/warnings.ts'
import { hasRole } from '@tocsin/domain/actor.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import { symbolOf } from '@tocsin/domain/symbol.ts'
import { SureButton } from '../identity/ActButton.tsx'
import { ActForm, textOf } from '../identity/ActForm.tsx'
import { Field } from '../identity/Field.tsx'
import { useActor, useSelf } from '../identity/self.ts'
import { useShell } from '../shell/context.ts'
import { Signatures } from './Signatures.tsx'

type Props = {
  readonly fresh: api.OpenedWarning
  /** The hash of the text on the page; none while it is not saved. */
  readonly sha256: api.OpenedWarning['warning']['sha256'] | undefined
  /** Reads anew who would see it, when that has changed. */
  readonly reload: () => Promise<void>
}

/** The signatures that the level takes, and what the reader may do: sign, return, discard. */
export function FourEyes({ fresh, sha256, reload }: Props) {
  const { t, client } = useShell()
  const { warning } = fresh
  const params = { warning: warning.id }
  const returnIt = async (fields: FormData) => {
    await client(api.returnWarning, { params, body: { reasons: textOf(fields, 'reasons') } })
  }
  const discard = async () => {
    await client(api.discardWarning, { params, body: { sha256: warning.sha256 } })
    location.assign(`/matters/${warning.matter}/warnings/new`)
  }
  return (
    <section>
      <div className="h">
        <h2>{t('warning.four-eyes')}</h2>
        <span className="more">
          {t('warning.signatures-needed', { n: fresh.signaturesNeeded })}
        </span>
      </div>
      <div className="sig">
        <Signatures signatures={warning.signatures} needed={fresh.signaturesNeeded} />
        <div className="do">
          <SignForm fresh={fresh} sha256={sha256} reload={reload} />
          {sha256 && (
            <>
              <details className="sure">
                <summary>{t('warning.return')}</summary>
                <ActForm submit={t('warning.return')} deed={returnIt}>
                  <div className="f">
                    <label htmlFor="reasons">{t('warning.reasons')}</label>
                    <textarea
                      id="reasons"
                      name="reasons"
                      rows={3}
                      maxLength={8000}
                      required
                      dir="auto"
                    />
                  </div>
                </ActForm>
              </details>
              <SureButton
                act={t('warning.discard')}
                warning={t('warning.discard-means')}
                deed={discard}
              >
                {t('warning.discard')}
              </SureButton>
            </>
          )}
        </div>
      </div>
      <p className="src">{t('warning.sending-means')}</p>
    </section>
  )
}

function SignForm({ fresh, sha256, reload }: Props) {
  const { t, client } = useShell()
  const reason = useReason(fresh, sha256)
  const { warning, audience } = fresh
  const isLast = warning.signatures.length + 1 >= fresh.signaturesNeeded
  const symbol = symbolOf('W', warning)
  /** Typed by whoever sends: what leaves cannot be called back. */
  const ending = symbol.slice(symbol.lastIndexOf('-') + 1)
  const sign = async () => {
    if (!sha256) return
    const { recipients, readers } = audience
    const body = { sha256, shown: { recipients, readers } }
    await client(api.signWarning, { params: { warning: warning.id }, body }).catch(
      async (fault: unknown) => {
        // What the reader saw is no longer so: it is shown anew beside the reason.
        if (fault instanceof Problem) await reload().catch(() => undefined)
        throw fault
      },
    )
  }
  if (reason) return <p className="hold">{reason}</p>
  return (
    <ActForm
      isMain
      submit={
        isLast ? t('warning.sign-and-send', { n: audience.recipients.length }) : t('warning.sign')
      }
      deed={sign}
    >
      {isLast && (
        <Field
          name="ending"
          label={t('warning.type-symbol', { symbol, ending })}
          hint={t('warning.type-symbol-why')}
          pattern={ending}
          title={ending}
          autoComplete="off"
          dir="ltr"
          required
        />
      )}
    </ActForm>
  )
}

/** Why the reader cannot sign at the moment, in words; undefined when they can. */
function useReason(fresh: api.OpenedWarning, sha256: string | undefined): string | undefined {
  const { t } = useShell()
  const self = useSelf()
  const actor = useActor()
  const { warning, faults, signaturesNeeded } = fresh
  if (!sha256) return t('warning.not-signed-unsaved')
  if (faults.length > 0) return t('warning.not-signed-faults', { n: faults.length })
  if (warning.signatures.some(({ person }) => person === self?.person)) {
    return t('warning.not-signed-same')
  }
  const isLast = warning.signatures.length + 1 >= signaturesNeeded
  if (isLast && !hasRole(actor, 'focal-point')) return t('warning.not-signed-role')
  return undefined
}
