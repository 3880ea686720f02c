import { addressOf } from '@tocsin/api/client.ts'
import { getOwnPolicy, getOwnProof, type LogCheck, verifyLog } from '@tocsin/api/network.ts'
import { getCheckpoint } from '@tocsin/api/transparency.ts'
import type { OrganisationId } from '@tocsin/domain/brand.ts'
import { ActButton } from '../identity/ActButton.tsx'
import { useShell } from '../shell/context.ts'
import { formatInstant, formatNumber, setApart } from '../shell/format.ts'

type Props = {
  readonly log: LogCheck
  /** Whose log it is; none for whoever runs the node and belongs to nobody. */
  readonly own: OrganisationId | undefined
}

/** The organisation's log computed anew on this machine, and who countersigned the same root. */
export function LogPart({ log, own }: Props) {
  const { t, locale, client } = useShell()
  const { size, root, checkedAt, fault, witnesses } = log
  const number = (n: number) => formatNumber(locale, n)
  const verify = async () => {
    await client(verifyLog, {})
  }
  return (
    <section>
      <div className="h">
        <h2>{t('network.verification')}</h2>
      </div>
      <div className={fault ? 'ver bad' : 'ver'}>
        <span className="sm mute">{t('network.recomputed')}</span>
        <div className="big" role="status">
          {fault
            ? t('network.entry-faulty', { index: number(fault.index) })
            : t('network.entries-agree', { n: size })}
        </div>
        {checkedAt && (
          <span className="sm two">
            {formatInstant(locale, checkedAt)}
            {root && (
              <>
                {`, ${t('network.root')} `}
                <code dir="ltr">{root.slice(0, 16)}</code>
              </>
            )}
          </span>
        )}
        <ol>
          {witnesses.map((witness) => (
            <li key={witness.name}>
              <span className={witness.size === size ? 'ok' : 'hold'} aria-hidden="true">
                {witness.size === size ? '✓' : '…'}
              </span>
              {witness.size === size
                ? t('network.countersigned', { name: setApart(witness.name) })
                : t('network.agrees-up-to', {
                    name: setApart(witness.name),
                    size: number(witness.size),
                  })}
              <span className="mute">{formatInstant(locale, witness.at)}</span>
            </li>
          ))}
        </ol>
        <div className="acts noprint">
          <ActButton deed={verify} isMain>
            {t('network.verify-again')}
          </ActButton>
          {own && size > 0 && (
            <a className="b" href={addressOf(getOwnProof, {})} download={PROOF}>
              {t('network.save-proof')}
            </a>
          )}
        </div>
        {own && size > 0 && <CheckOffline own={own} />}
        <p className="src">{t('network.proof-note')}</p>
      </div>
    </section>
  )
}

const PROOF = 'tocsin.tlog-proof'
const POLICY = 'tocsin.policy'

/** What else is needed to check a proof far from this node, and the one command that does. */
function CheckOffline({ own }: { readonly own: OrganisationId }) {
  const { t } = useShell()
  const checkpoint = addressOf(getCheckpoint, { params: { organisation: own } })
  return (
    <details className="sure noprint">
      <summary>{t('network.check-offline')}</summary>
      <p>{t('network.check-offline-how')}</p>
      <p>
        <code dir="ltr">{`tocsin verify ${PROOF} --policy ${POLICY}`}</code>
      </p>
      <p className="acts">
        <a className="b" href={addressOf(getOwnPolicy, {})} download={POLICY}>
          {t('network.save-policy')}
        </a>
        <a className="b" href={checkpoint} download="tocsin.checkpoint">
          {t('network.save-checkpoint')}
        </a>
      </p>
    </details>
  )
}
