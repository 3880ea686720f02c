import type { NetworkView } from '@tocsin/api/network.ts'
import { mayUseDocket } from '@tocsin/domain/docket-access.ts'
import { useActor } from '../identity/self.ts'
import { useShell } from '../shell/context.ts'
import { formatInstant, formatNumber } from '../shell/format.ts'
import { Masthead } from '../shell/Masthead.tsx'
import { HeardPart } from './HeardPart.tsx'
import { HeldPart } from './HeldPart.tsx'
import { LogPart } from './LogPart.tsx'
import { NodesPart } from './NodesPart.tsx'
import { isInStep } from './step.ts'

/** Did it arrive, and can it be proved: nodes, what is held back, and the log. */
export function NetworkPage({ view }: { readonly view: NetworkView }) {
  const { t, locale } = useShell()
  // Whoever runs the node sees whether it is in step, and nothing that is shared.
  const isReader = mayUseDocket(useActor())
  const others = view.nodes.filter(({ state }) => state === 'pinned')
  const self = view.nodes.filter(({ state }) => state === null)
  const inStep = others.filter((node) => isInStep(node, view.asOf)).length
  const title = others.length === 0 ? t('network.title-alone') : titleOf()
  return (
    <>
      <Masthead
        path={t('network.path')}
        title={title}
        lede={t(view.waiting === 0 ? 'network.lede-none-waits' : 'network.lede', {
          n: view.waiting,
        })}
        marking="TLP:AMBER"
        facts={[
          { name: t('network.log-size'), value: formatNumber(locale, view.log.size) },
          {
            name: t('network.last-check'),
            value: view.log.checkedAt
              ? formatInstant(locale, view.log.checkedAt)
              : t('network.never'),
          },
        ]}
      />
      <p className="acts noprint">
        {isReader && (
          <a className="b" href="/network/shared">
            {t('network.to-shared')}
          </a>
        )}
        <a className="b" href="/network/trust">
          {t('network.to-trust')}
        </a>
      </p>
      {others.length === 0 && <p className="sec">{t('network.alone')}</p>}
      <NodesPart nodes={view.nodes} asOf={view.asOf} />
      <div className="cols ng sec">
        <HeardPart nodes={[...self, ...others]} asOf={view.asOf} />
        <HeldPart view={view} />
        <LogPart log={view.log} own={self[0]?.organisation} />
      </div>
    </>
  )

  function titleOf(): string {
    const n = others.length
    if (inStep === n) return t('network.title-all', { n })
    return t('network.title', { n, inStep })
  }
}
