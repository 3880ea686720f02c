import type { LiaisonDesk } from '@tocsin/api/liaison.ts'
import { mayWork } from '@tocsin/domain/docket-access.ts'
import { useReady } from '../identity/ActForm.tsx'
import { useActor } from '../identity/self.ts'
import { ExerciseBand } from '../matters/ExerciseBand.tsx'
import { addressTo, type Search } from '../shell/address.ts'
import { useShell } from '../shell/context.ts'
import { formatInstant } from '../shell/format.ts'
import { Masthead } from '../shell/Masthead.tsx'
import { CapacityPart } from './CapacityPart.tsx'
import { ExchangePart } from './ExchangePart.tsx'
import { InboxPart } from './InboxPart.tsx'
import { RequestsPart } from './RequestsPart.tsx'

export type DeskProps = {
  readonly desk: LiaisonDesk
  readonly search: Search
  readonly mayWork: boolean
}

/** Everything between the organisation and the UN Office: requests, its own capacity, and notes. */
export function LiaisonPage({ desk, search }: Omit<DeskProps, 'mayWork'>) {
  const { t, locale } = useShell()
  const ready = useReady()
  const given = { desk, search, mayWork: mayWork(useActor()) }
  const isDrill = search['exercise'] === 'true'
  return (
    <>
      {isDrill && <ExerciseBand />}
      <Masthead
        path={<a href="/matters">{t('matters.title')}</a>}
        title={t('liaison.title')}
        lede={t('liaison.lede')}
        marking="TLP:AMBER+STRICT"
        facts={[{ name: t('matter.as-of'), value: formatInstant(locale, desk.asOf) }]}
      />
      <p className="acts noprint">
        <a className="b" href="#requests">
          {t('liaison.requests')}
        </a>
        <a className="b" href="#capacity">
          {t('liaison.capacity')}
        </a>
        <a className="b" href="#exchange">
          {t('liaison.exchange')}
        </a>
        <a className="b q" href={addressTo('/liaison', { exercise: isDrill ? '' : 'true' })}>
          {t(isDrill ? 'matters.show-real' : 'matters.show-drills')}
        </a>
        <button type="button" className="b q" disabled={!ready} onClick={() => window.print()}>
          {t('matter-act.print')}
        </button>
      </p>
      {desk.received.length > 0 && <InboxPart {...given} />}
      <RequestsPart {...given} />
      <CapacityPart {...given} />
      <ExchangePart {...given} />
    </>
  )
}
