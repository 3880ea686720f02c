import type { NetworkNode } from '@tocsin/api/network.ts'
import { drawExchanges } from '@tocsin/charts/exchanges.ts'
import type { Instant } from '@tocsin/domain/brand.ts'
import { formatSpan } from '../docket/span.ts'
import { useShell } from '../shell/context.ts'
import { DrawingView } from '../shell/DrawingView.tsx'
import { formatDay, formatInstant, formatNumber, inUtc, setApart } from '../shell/format.ts'
import { isSilent } from './step.ts'

type Props = { readonly nodes: readonly NetworkNode[]; readonly asOf: Instant }

const DAY_MS = 86_400_000

/** Every node of the network, this one first: when it was last heard, what waits, whether it is trusted. */
export function NodesPart({ nodes, asOf }: Props) {
  const { t, locale } = useShell()
  const days = Array.from({ length: 7 }, (_, index) => Date.parse(asOf) - (6 - index) * DAY_MS)
  const weekday = inUtc(locale === 'ar' ? 'ar-u-nu-latn' : locale, { weekday: 'short' })
  return (
    <section className="sec">
      <div className="h">
        <h2>{t('network.nodes')}</h2>
        <span className="more">{t('network.nodes-hint')}</span>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must take the keyboard */}
      <section className="scroll" tabIndex={0} aria-label={t('network.nodes')}>
        <table className="tb nt">
          <thead>
            <tr>
              <th scope="col">{t('network.node')}</th>
              <th scope="col">{t('network.address')}</th>
              <th scope="col">
                <span className="vh">{t('network.exchanges')}</span>
                {/* The strip below runs from left to right in every script. */}
                <span className="ax7" dir="ltr" aria-hidden="true">
                  {days.map((day) => (
                    <span key={day}>{weekday.format(new Date(day))}</span>
                  ))}
                </span>
              </th>
              <th scope="col" className="n">
                {t('network.last-exchange')}
              </th>
              <th scope="col" className="n">
                {t('network.waiting')}
              </th>
              <th scope="col" className="n">
                {t('network.log')}
              </th>
              <th scope="col">{t('network.trust')}</th>
            </tr>
          </thead>
          <tbody>
            {nodes.map((node) => (
              <NodeRow key={node.organisation} node={node} asOf={asOf} />
            ))}
          </tbody>
        </table>
      </section>
    </section>
  )
}

function NodeRow({ node, asOf }: { readonly node: NetworkNode; readonly asOf: Instant }) {
  const { t, locale } = useShell()
  const { name, kind, state, address, exchanges, lastExchangeAt, waiting, waitingSince } = node
  const label = t('network.exchanges-of', { name: setApart(name), n: exchanges.length })
  const now = Date.parse(asOf)
  const late = state === 'pinned' && isSilent(node, asOf)
  return (
    <tr>
      <th scope="row">
        <span className="n1">{name}</span>
        <small>{t(`people.kind-${kind}`)}</small>
      </th>
      <td>
        {address ? <bdi>{new URL(address).host}</bdi> : t('network.this-node')}
        {node.software && <small>{t('network.software', { version: node.software })}</small>}
        {node.failures > 0 && <small>{t('network.not-answering', { n: node.failures })}</small>}
      </td>
      <td>
        {state === 'pinned' && (
          <DrawingView drawing={drawExchanges(exchanges.map(Date.parse), now, label)} />
        )}
      </td>
      <td className={late ? 'n late' : 'n'}>
        {state !== null && <LastExchange at={lastExchangeAt} now={now} />}
      </td>
      <td className="n">
        {state !== null && formatNumber(locale, waiting)}
        {waitingSince && <small>{formatSpan(t, now - Date.parse(waitingSince))}</small>}
      </td>
      <td className="n">
        {node.logSize === null ? t('network.none-seen') : formatNumber(locale, node.logSize)}
      </td>
      <td>
        {state === null ? t('network.this-node') : t(`network.state-${state}`)}
        {state === 'pinned' && node.directory !== 'fresh' && (
          <small>{t(`network.directory-${node.directory ?? 'never-read'}`)}</small>
        )}
        {node.trustedSince && <small>{formatDay(locale, node.trustedSince.slice(0, 10))}</small>}
      </td>
    </tr>
  )
}

function LastExchange({ at, now }: { readonly at: Instant | null; readonly now: number }) {
  const { t, locale } = useShell()
  if (!at) return t('network.never')
  return (
    <>
      {formatSpan(t, now - Date.parse(at))}
      <small>{formatInstant(locale, at)}</small>
    </>
  )
}
