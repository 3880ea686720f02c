import type { NetworkNode } from '@tocsin/api/network.ts'
import type { Instant } from '@tocsin/domain/brand.ts'
import { formatSpan } from '../docket/span.ts'
import { useShell } from '../shell/context.ts'

const HOUR_MS = 3_600_000

const shade = (age: number): string => {
  if (age > 24 * HOUR_MS) return 'c4'
  if (age > 6 * HOUR_MS) return 'c3'
  return age > HOUR_MS / 2 ? 'c2' : 'c1'
}

/** How old the newest thing is that this node has heard of each other. */
export function HeardPart({ nodes, asOf }: Props) {
  const { t } = useShell()
  const age = (at: Instant) => Date.parse(asOf) - Date.parse(at)
  return (
    <section>
      <div className="h">
        <h2>{t('network.heard')}</h2>
        <span className="more">{t('network.heard-hint')}</span>
      </div>
      {nodes.length === 0 ? (
        <p className="mute">{t('network.nobody-yet')}</p>
      ) : (
        <table className="hm">
          <tbody>
            {nodes.map(({ organisation, name, lastExchangeAt }) => (
              <tr key={organisation}>
                <th scope="row">{name}</th>
                <td className={lastExchangeAt ? shade(age(lastExchangeAt)) : 'c4'}>
                  {lastExchangeAt ? formatSpan(t, age(lastExchangeAt)) : t('network.never')}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p className="src">{t('network.heard-note')}</p>
    </section>
  )
}

type Props = { readonly nodes: readonly NetworkNode[]; readonly asOf: Instant }
