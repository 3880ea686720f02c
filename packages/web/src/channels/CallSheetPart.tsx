import { type Call, type CallRecord, recordCall } from '@tocsin/api/channels.ts'
import { ActForm, textOf } from '../identity/ActForm.tsx'
import { Field } from '../identity/Field.tsx'
import { Time } from '../identity/Time.tsx'
import { useShell } from '../shell/context.ts'

type Props = {
  /** What `listCalls` answers for the warning. */
  readonly calls: readonly Call[]
  /** Whether the reader may record calls. */
  readonly mayCall: boolean
}

/** The people whom a warning reaches only by voice: calls to make, and what came of those made. */
export function CallSheetPart({ calls, mayCall }: Props) {
  const { t } = useShell()
  return (
    <section className="sec" id="calls">
      <div className="h">
        <h2>{t('calls.title')}</h2>
        <span className="more">{t('calls.hint')}</span>
      </div>
      {calls.length === 0 && <p>{t('calls.none')}</p>}
      <ul className="list">
        {calls.map((call) => (
          <CallItem key={call.delivery} call={call} mayCall={mayCall} />
        ))}
      </ul>
    </section>
  )
}

type ItemProps = Pick<Props, 'mayCall'> & { readonly call: Call }

function CallItem({ call, mayCall }: ItemProps) {
  const { t, has } = useShell()
  const { delivery, authority, office, name, number, isOwed, reason, tries } = call
  const key = `channel.reason-${reason}`
  return (
    <li>
      <div>
        <h3>
          {name} <CallState call={call} />
        </h3>
        <p>{`${office}, ${authority}`}</p>
        {isOwed && mayCall && (
          <p>
            {number ? (
              <a href={`tel:${number}`}>
                <bdi className="address">{number}</bdi>
              </a>
            ) : (
              t('calls.no-number')
            )}
          </p>
        )}
        {reason !== null && has(key) && <p className="two sm">{t(key)}</p>}
        {tries.length > 0 && (
          <ol className="tries">
            {tries.map((one) => (
              <Try key={one.at} record={one} />
            ))}
          </ol>
        )}
      </div>
      {isOwed && mayCall && (
        <div className="side">
          <RecordForms delivery={delivery} />
        </div>
      )}
    </li>
  )
}

function CallState({ call: { isOwed, reason } }: Pick<ItemProps, 'call'>) {
  const { t } = useShell()
  if (isOwed) return <span className="chip hold">{t('calls.owed')}</span>
  if (reason !== null) return <span className="chip">{t('calls.over')}</span>
  return <span className="chip ok">{t('calls.reached')}</span>
}

function Try({ record: { at, by, isReached, spokeWith, said } }: { readonly record: CallRecord }) {
  const { t } = useShell()
  return (
    <li>
      <p className="two sm">
        <Time at={at} /> {by !== null && t('calls.by', { name: by })}
        {' · '}
        {spokeWith === null
          ? t(isReached ? 'calls.reached' : 'calls.not-reached')
          : t('calls.spoke-with', { name: spokeWith })}
      </p>
      <p className="said-words">{said}</p>
    </li>
  )
}

/** One form for each of the two ways in which a call ends. */
function RecordForms({ delivery }: Pick<Call, 'delivery'>) {
  const { t, client } = useShell()
  const reached = async (fields: FormData, call: string) => {
    const spokeWith = textOf(fields, 'spokeWith')
    const body = { outcome: 'reached' as const, spokeWith, said: textOf(fields, 'said') }
    await client(recordCall, { params: { delivery, call }, body })
  }
  const notReached = async (fields: FormData, call: string) => {
    const body = { outcome: 'not-reached' as const, said: textOf(fields, 'said') }
    await client(recordCall, { params: { delivery, call }, body })
  }
  return (
    <>
      <details className="sure">
        <summary>{t('calls.record-reached')}</summary>
        <ActForm submit={t('calls.record')} deed={reached}>
          <Field name="spokeWith" label={t('calls.with')} maxLength={200} required />
          <Field name="said" label={t('calls.said')} maxLength={2000} required />
        </ActForm>
      </details>
      <details className="sure">
        <summary>{t('calls.record-not-reached')}</summary>
        <ActForm submit={t('calls.record')} deed={notReached}>
          <Field name="said" label={t('calls.why-not')} maxLength={2000} required />
        </ActForm>
      </details>
    </>
  )
}
