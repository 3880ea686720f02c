import type { NetworkNode } from '@tocsin/api/network.ts'
import type { Instant } from '@tocsin/domain/brand.ts'
import { formatSpan } from '../docket/span.ts'
import { useShell } from '../shell/context.ts'
import { setApart } from '../shell/format.ts'
import { type Silence, silencesIn } from './step.ts'

const HOUR_MS = 3_600_000

const shade = (age: number): string => {
  if (age > 24 * HOUR_MS) return 'c4'
  if (age > 6 * HOUR_MS) return 'c3'
  return age > HOUR_MS / 2 ? 'c2' : 'c1'
}

type Props = { readonly nodes: readonly NetworkNode[]; readonly asOf: Instant }

/** Who has heard from whom, as far as each told: whoever is silent to us may not be silent to others. */
export function HeardPart({ nodes, asOf }: Props) {
  const { t } = useShell()
  return (
    <section>
      <div className="h">
        <h2>{t('network.heard')}</h2>
        <span className="more">{t('network.heard-hint')}</span>
      </div>
      {nodes.length < 2 ? (
        <p className="mute">{t('network.nobody-yet')}</p>
      ) : (
        <>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must take the keyboard */}
          <section className="scroll" tabIndex={0} aria-label={t('network.heard')}>
            <table className="hm">
              <thead>
                <tr>
                  <th scope="col">{t('network.heard-who')}</th>
                  {nodes.map(({ organisation, name }) => (
                    <th key={organisation} scope="col">
                      {name}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {nodes.map((node) => (
                  <tr key={node.organisation}>
                    <th scope="row">{node.name}</th>
                    {nodes.map(({ organisation }) => (
                      <Cell key={organisation} by={node} from={organisation} asOf={asOf} />
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
          <Silences silences={silencesIn(nodes, asOf)} />
        </>
      )}
      <p className="src">{t('network.heard-note')}</p>
    </section>
  )
}

type CellProps = {
  readonly by: NetworkNode
  readonly from: NetworkNode['organisation']
  readonly asOf: Instant
}

function Cell({ by, from, asOf }: CellProps) {
  const { t } = useShell()
  if (by.organisation === from) return <td />
  const at = by.heard.find(({ organisation }) => organisation === from)?.at
  if (at) {
    const age = Date.parse(asOf) - Date.parse(at)
    return <td className={shade(age)}>{formatSpan(t, age)}</td>
  }
  // Our own node knows that it never heard; of another that says nothing it is not known.
  return by.state === null ? (
    <td className="c4">{t('network.never')}</td>
  ) : (
    <td className="mute">{t('network.not-told')}</td>
  )
}

function Silences({ silences }: { readonly silences: readonly Silence[] }) {
  const { t } = useShell()
  if (silences.length === 0) return null
  return (
    <ul className="ref">
      {silences.map(({ name, to, heardBy }) => (
        <li key={name}>{t(`network.silent-${to}`, { name: setApart(name), n: heardBy })}</li>
      ))}
    </ul>
  )
}
