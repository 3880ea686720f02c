import type { readAgenda } from '@tocsin/api/agendas.ts'
import type { Output } from '@tocsin/api/route.ts'
import { isMoreClosed, type Marking } from '@tocsin/domain/audience.ts'
import { maySpeakForOrgan } from '@tocsin/domain/organ-agenda.ts'
import { useReady } from '../identity/ActForm.tsx'
import { StepUp } from '../identity/StepUp.tsx'
import { useActor } from '../identity/self.ts'
import { ExerciseBand } from '../matters/ExerciseBand.tsx'
import { addressTo, type Search } from '../shell/address.ts'
import { useShell } from '../shell/context.ts'
import { formatInstant } from '../shell/format.ts'
import { Masthead } from '../shell/Masthead.tsx'
import { AgendaItem } from './AgendaItem.tsx'

export type OpenAgenda = Output<typeof readAgenda>

type Props = { readonly found: OpenAgenda; readonly search: Search }

/** The page is for no more eyes than the most closed matter on it. */
const mostClosed = (marking: Marking, item: { readonly marking: Marking }): Marking =>
  isMoreClosed(item.marking, marking) ? item.marking : marking

/** The agenda of an organ: what its rules oblige it to take up, with the time that it has. */
export function AgendaPage({ found, search }: Props) {
  const { t, locale } = useShell()
  const ready = useReady()
  const { organ, items, asOf, today } = found
  const maySpeak = maySpeakForOrgan(useActor(), organ)
  const isPast = search['show'] === 'answered'
  const isDrill = search['exercise'] === 'true'
  const address = `/agendas/${organ.id}`
  const given = {
    ...(isPast && { show: 'answered' }),
    ...(isDrill && { exercise: 'true' }),
  }
  return (
    <StepUp>
      {isDrill && <ExerciseBand />}
      <Masthead
        path={<a href="/agendas">{t('agenda.organs')}</a>}
        title={organ.name}
        lede={t('agenda.lede')}
        marking={items.reduce<Marking>(mostClosed, 'TLP:AMBER+STRICT')}
        facts={[
          { name: t('agenda.open'), value: items.filter(({ state }) => state === 'open').length },
          {
            name: t('agenda.overdue'),
            value: items.filter(({ state }) => state === 'overdue').length,
          },
          { name: t('agenda.kept-by'), value: organ.organisationName },
          { name: t('matter.as-of'), value: formatInstant(locale, asOf) },
        ]}
      />
      <p className="acts noprint">
        <a className="b" href={`${address}/rules`}>
          {t('agenda.open-rules')}
        </a>
        {organ.body && (
          <a className="b q" href={`/bodies/${organ.body}`}>
            {t('agenda.body-page', { body: organ.body })}
          </a>
        )}
        <a className="b q" href={addressTo(address, { ...given, show: isPast ? '' : 'answered' })}>
          {t(isPast ? 'agenda.show-standing' : 'agenda.show-answered')}
        </a>
        <a className="b q" href={addressTo(address, { ...given, exercise: isDrill ? '' : 'true' })}>
          {t(isDrill ? 'matters.show-real' : 'matters.show-drills')}
        </a>
        <button type="button" className="b q" disabled={!ready} onClick={() => window.print()}>
          {t('matter-act.print')}
        </button>
      </p>
      {items.length === 0 && (
        <p className="sec">{t(isPast ? 'agenda.none-answered' : 'agenda.none')}</p>
      )}
      <ul className="list agenda">
        {items.map((item) => (
          <AgendaItem
            key={item.id}
            item={item}
            asOf={asOf}
            today={today}
            answering={
              maySpeak
                ? {
                    isOpen: search['item'] === item.id,
                    openAt: addressTo(address, { ...given, item: item.id }),
                    closeAt: addressTo(address, given),
                  }
                : undefined
            }
          />
        ))}
      </ul>
    </StepUp>
  )
}
