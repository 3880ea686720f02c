import { type LogCheck, verifyLog } from '@tocsin/api/network.ts'
import { ActButton } from '../identity/ActButton.tsx'
import { useShell } from '../shell/context.ts'
import { formatInstant, formatNumber, setApart } from '../shell/format.ts'

/** The organisation's log computed anew on this machine, and who countersigned the same root. */
export function LogPart({ log }: { readonly log: LogCheck }) {
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
        </div>
        <p className="src">{t('network.proof-note')}</p>
      </div>
    </section>
  )
}
