import type { HeldBack, NetworkView } from '@tocsin/api/network.ts'
import { Refusal } from '@tocsin/domain/network.ts'
import { useShell } from '../shell/context.ts'
import { formatInstant, formatNumber, setApart } from '../shell/format.ts'

/** What waits, was refused or is missing, with its reason: nothing is dropped without a line here. */
export function HeldPart({ view }: { readonly view: NetworkView }) {
  const { t, locale } = useShell()
  const { held, sent, received, waiting } = view
  const number = (n: number) => formatNumber(locale, n)
  return (
    <section>
      <div className="h">
        <h2>{t('network.held')}</h2>
        <span className="more">{t('network.last-seven-days')}</span>
      </div>
      <ul className="ref">
        {held.map((one) => (
          <HeldLine key={`${one.kind} ${one.organisation} ${one.reason}`} held={one} />
        ))}
        <li>
          <b>{t('network.nothing-dropped')}</b>
          {t('network.totals', {
            sent: number(sent),
            received: number(received),
            waiting: number(waiting),
          })}
        </li>
      </ul>
    </section>
  )
}

function HeldLine({ held: { kind, name, n, reason, since } }: { readonly held: HeldBack }) {
  const { t, locale } = useShell()
  // Another version of the node may have reasons that this one has no words for.
  const known = Refusal.safeParse(reason).data
  return (
    <li>
      <b>{t(`network.held-${kind}`, { n, name: setApart(name) })}</b>
      {reason && <bdi>{known ? t(`network.reason-${known}`) : reason}</bdi>}
      <small>{t('network.since', { at: formatInstant(locale, since) })}</small>
    </li>
  )
}
