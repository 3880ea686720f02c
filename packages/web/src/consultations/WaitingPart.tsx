import type { Waiting } from '@tocsin/domain/contribution.ts'
import { Problem, ProblemCode } from '@tocsin/domain/problem.ts'
import { FaultNote } from '../identity/FaultNote.tsx'
import { useShell } from '../shell/context.ts'
import { RichTextView } from './RichTextView.tsx'
import type { useOutbox } from './use-outbox.ts'

/** What was said and has not reached the node: kept on this device, in its order. */
export function WaitingPart({ waiting, drop, retry }: ReturnType<typeof useOutbox>) {
  const { t } = useShell()
  if (waiting.length === 0) return null
  return (
    <section className="sign waits noprint" aria-labelledby="waiting">
      <h3 id="waiting">{t('room.waiting-title')}</h3>
      <p className="src">{t('room.waiting-note')}</p>
      <ul>
        {waiting.map((one) => (
          <li key={one.contribution}>
            <RichTextView text={one.saying.text} locale={one.saying.locale} />
            <Refused one={one} />
            <p className="acts">
              {one.refusal !== null && (
                <button type="button" className="b" onClick={() => void retry(one.contribution)}>
                  {t('room.again')}
                </button>
              )}
              <button type="button" className="b q" onClick={() => drop(one.contribution)}>
                {t('room.drop')}
              </button>
            </p>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Refused({ one: { refusal } }: { readonly one: Waiting }) {
  const { t } = useShell()
  if (refusal === null) return null
  const code = ProblemCode.safeParse(refusal).data
  return (
    <>
      <p className="late">{t('room.waiting-refused')}</p>
      {code && <FaultNote fault={new Problem(code)} />}
    </>
  )
}
