import type { ChannelStanding } from '@tocsin/api/channels.ts'
import type { Output } from '@tocsin/api/route.ts'
import { type getPublicView, type listProviders, setPublicView } from '@tocsin/api/settings.ts'
import { PublicArea } from '@tocsin/domain/actor.ts'
import { useState } from 'react'
import { ChannelsPart } from '../channels/ChannelsPart.tsx'
import { ActButton } from '../identity/ActButton.tsx'
import { StepUp } from '../identity/StepUp.tsx'
import { type Outcome, OutcomeNote } from '../people/OutcomeNote.tsx'
import { useShell } from '../shell/context.ts'
import { Masthead } from '../shell/Masthead.tsx'
import { ProvidersPart } from './ProvidersPart.tsx'

type Props = {
  readonly view: Output<typeof getPublicView>
  readonly outside: Output<typeof listProviders>
  readonly channels: readonly ChannelStanding[]
}

/** What anybody may read without an account, and which other identity providers sign people in. */
export function SettingsPage({ view, outside, channels }: Props) {
  const { t } = useShell()
  return (
    <StepUp>
      <Masthead
        path={t('sign-in.path')}
        title={t('settings.title')}
        lede={t('settings.lede')}
        marking="TLP:AMBER+STRICT"
        facts={[]}
      />
      <section className="sec">
        <div className="h">
          <h2>{t('settings.public-view')}</h2>
          <span className="more">{t('settings.public-view-hint')}</span>
        </div>
        <ul className="list">
          {PublicArea.options.map((area) => (
            <AreaItem key={area} area={area} isOpen={view[area]} />
          ))}
        </ul>
      </section>
      <ChannelsPart channels={channels} />
      <ProvidersPart {...outside} />
    </StepUp>
  )
}

function AreaItem({ area, isOpen }: { readonly area: PublicArea; readonly isOpen: boolean }) {
  const { t, client } = useShell()
  const [outcome, setOutcome] = useState<Outcome | undefined>(undefined)
  const name = t(`settings.area-${area}`)
  const turn = async () => {
    const input = { params: { area }, body: { open: !isOpen } }
    setOutcome(await client(setPublicView, input))
  }
  return (
    <li>
      <div>
        <h3>
          {name}{' '}
          <span className={isOpen ? 'chip ok' : 'chip'}>
            {t(isOpen ? 'settings.open' : 'settings.closed')}
          </span>
        </h3>
        <p className="two">{t(`settings.area-${area}-means`)}</p>
        {outcome && <OutcomeNote outcome={outcome} />}
      </div>
      <div className="acts">
        <ActButton deed={turn} about={name}>
          {t(isOpen ? 'settings.close' : 'settings.propose-open')}
        </ActButton>
      </div>
    </li>
  )
}
