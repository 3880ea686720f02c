import type { ClockOverview } from '@tocsin/api/clocks.ts'
import { setClockSettings } from '@tocsin/api/docket.ts'
import { hasRole } from '@tocsin/domain/actor.ts'
import { type ClockSettings, defaultClockSettings } from '@tocsin/domain/service-clock.ts'
import { useState } from 'react'
import { ActButton } from '../identity/ActButton.tsx'
import { useReady } from '../identity/ActForm.tsx'
import { StepUp } from '../identity/StepUp.tsx'
import { useActor } from '../identity/self.ts'
import { useShell } from '../shell/context.ts'
import { formatInstant } from '../shell/format.ts'
import { Masthead } from '../shell/Masthead.tsx'
import { CalendarFields } from './CalendarFields.tsx'
import { ClockPreview } from './ClockPreview.tsx'
import { LevelFields } from './LevelFields.tsx'
import { MissedPart } from './MissedPart.tsx'
import { OfficeFields } from './OfficeFields.tsx'

const levels = [5, 4, 3, 2, 1] as const

/** How long each step may take and who is told when it takes longer: read by all, set by focal points. */
export function ClocksPage({ asOf, settings, set, offices, missed }: ClockOverview) {
  const { t, locale, client } = useShell()
  const [draft, change] = useState(settings)
  const [before, setBefore] = useState<ClockSettings>()
  const mayChange = hasRole(useActor(), 'focal-point')
  const ready = useReady()
  const save = (next: ClockSettings, undone?: ClockSettings) => async () => {
    change(await client(setClockSettings, { body: next as never }))
    setBefore(undone)
  }
  const by = set && t('clocks.set-by', { at: formatInstant(locale, set.at), name: set.by ?? '' })
  const { levels: rules } = defaultClockSettings
  return (
    <StepUp>
      <Masthead
        path={<a href="/docket">{t('clocks.path')}</a>}
        title={t('clocks.title')}
        lede={t('clocks.lede')}
        marking="TLP:AMBER+STRICT"
        facts={[{ name: t('clocks.source'), value: by ?? t('clocks.defaults-hold') }]}
      />
      {missed.length > 0 && <MissedPart missed={missed} />}
      {!mayChange && <p className="note">{t('clocks.read-only')}</p>}
      <fieldset className="clocks" disabled={!(mayChange && ready)}>
        <section className="sec">
          <div className="h">
            <h2>{t('clocks.levels')}</h2>
            <span className="more">{t('clocks.no-clock')}</span>
          </div>
          {levels.map((level) => (
            <LevelFields
              key={level}
              level={level}
              rule={draft.levels[level]}
              mayChange={mayChange}
              change={(rule) => change({ ...draft, levels: { ...draft.levels, [level]: rule } })}
            />
          ))}
        </section>
        <OfficeFields
          chosen={draft.offices}
          offices={offices}
          change={(chosen) => change({ ...draft, offices: chosen })}
        />
        <CalendarFields
          today={asOf.slice(0, 10)}
          calendar={draft.calendar}
          change={(calendar) => change({ ...draft, calendar })}
        />
      </fieldset>
      <ClockPreview settings={draft} offices={offices} asOf={asOf} />
      {mayChange && (
        <section className="sec">
          <p className="said" role="status">
            {before && t('clocks.saved')}
          </p>
          <div className="acts">
            <ActButton isMain deed={save(draft, settings)}>
              {t('clocks.save')}
            </ActButton>
            {before && <ActButton deed={save(before)}>{t('clocks.undo')}</ActButton>}
            <button
              type="button"
              className="b"
              disabled={!ready}
              onClick={() => change({ ...draft, levels: rules })}
            >
              {t('clocks.restore')}
            </button>
          </div>
        </section>
      )}
    </StepUp>
  )
}
