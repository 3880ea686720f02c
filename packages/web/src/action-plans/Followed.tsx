import type { MatterPlan } from '@tocsin/api/action-plans.ts'
import { getAttachment } from '@tocsin/api/attachments.ts'
import { addressOf } from '@tocsin/api/client.ts'
import type { PlannedAction } from '@tocsin/domain/action-plan.ts'
import { useShell } from '../shell/context.ts'
import { formatInstant } from '../shell/format.ts'

type Props = { readonly plan: MatterPlan; readonly action: PlannedAction }

/** What was reported about an action, the newest first, and what came of it. */
export function Followed({ plan, action }: Props) {
  const { t } = useShell()
  const progress = plan.progress.filter((one) => one.action === action.id)
  const reviews = plan.reviews.filter((one) => one.action === action.id)
  return (
    <>
      <h3 className="sub">{t('plan.progress')}</h3>
      {progress.length === 0 && <p className="two">{t('plan.no-progress')}</p>}
      <ol className="plan-said">
        {progress.map(({ id, what, next, evidence, by, at }) => (
          <li key={id}>
            <By by={by} at={at} />
            <p className="serif" dir="auto">
              {what}
            </p>
            {next && (
              <p className="sm" dir="auto">
                <b>{t('plan.next-step')}</b> {next}
              </p>
            )}
            <Evidence plan={plan} evidence={evidence} />
          </li>
        ))}
      </ol>
      {reviews.length > 0 && (
        <>
          <h3 className="sub">{t('plan.outcome')}</h3>
          <ol className="plan-said">
            {reviews.map(({ id, what, asExpected, learned, by, at }) => (
              <li key={id}>
                <By by={by} at={at} />
                <p>
                  <span className="chip">{t(`effect.${asExpected}`)}</span>
                </p>
                <p className="serif" dir="auto">
                  {what}
                </p>
                {learned && (
                  <p className="sm" dir="auto">
                    <b>{t('plan.learned')}</b> {learned}
                  </p>
                )}
              </li>
            ))}
          </ol>
        </>
      )}
    </>
  )
}

function By({ by, at }: { readonly by: string | null; readonly at: string }) {
  const { locale } = useShell()
  return (
    <p className="mute sm">
      {by && (
        <>
          <bdi>{by}</bdi>
          {' · '}
        </>
      )}
      {formatInstant(locale, at)}
    </p>
  )
}

type EvidenceProps = { readonly plan: MatterPlan; readonly evidence: readonly string[] }

/** A file that was taken off the matter since is said to be gone. */
function Evidence({ plan, evidence }: EvidenceProps) {
  const { t } = useShell()
  if (evidence.length === 0) return null
  return (
    <ul className="file-list sm">
      {evidence.map((id) => {
        const file = plan.files.find((one) => one.id === id)
        return (
          <li key={id}>
            {file ? (
              <a href={addressOf(getAttachment, { params: { attachment: file.id } })} download>
                <bdi>{file.name}</bdi>
              </a>
            ) : (
              <span className="mute">{t('plan.file-gone')}</span>
            )}
          </li>
        )
      })}
    </ul>
  )
}
