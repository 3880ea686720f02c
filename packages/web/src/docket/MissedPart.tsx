import { answerForMissed, type MissedRung } from '@tocsin/api/clocks.ts'
import { hasRole } from '@tocsin/domain/actor.ts'
import { useId } from 'react'
import { ActForm, textOf } from '../identity/ActForm.tsx'
import { useActor } from '../identity/self.ts'
import { useShell } from '../shell/context.ts'
import { formatInstant } from '../shell/format.ts'

/** What told nobody, or too late, by matter: it stands here until somebody has written what was done. */
export function MissedPart({ missed }: { readonly missed: readonly MissedRung[] }) {
  const { t } = useShell()
  const byMatter = Map.groupBy(missed, ({ matter }) => matter)
  return (
    <section className="sec">
      <div className="h">
        <h2>{t('clocks.missed')}</h2>
        <span className="more">{t('clocks.missed-hint')}</span>
      </div>
      <ul className="list">
        {[...byMatter].map(([matter, rungs]) => (
          <li key={matter}>
            <div>
              <h3>
                <a href={`/matters/${matter}`}>{rungs[0]?.title}</a>
              </h3>
              <MissedForm rungs={rungs} />
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}

function MissedForm({ rungs }: { readonly rungs: readonly MissedRung[] }) {
  const { t, client } = useShell()
  const id = useId()
  const mayAnswer = hasRole(useActor(), 'focal-point', 'analyst')
  const lines = rungs.map((rung) => ({ rung, words: <MissedLine rung={rung} /> }))
  if (!mayAnswer) {
    return (
      <ul>
        {lines.map(({ rung, words }) => (
          <li key={rung.id}>{words}</li>
        ))}
      </ul>
    )
  }
  const answer = async (fields: FormData) => {
    const [first] = rungs
    if (!first) return
    const chosen = fields.getAll('rung').map(String)
    const body = { rungs: chosen, what: textOf(fields, 'what') }
    await client(answerForMissed, { params: { matter: first.matter }, body })
  }
  return (
    <ActForm submit={t('clocks.missed-answer')} deed={answer}>
      <fieldset>
        <legend>{t('clocks.missed-which')}</legend>
        {lines.map(({ rung, words }) => (
          <label className="check" key={rung.id}>
            <input type="checkbox" name="rung" value={rung.id} defaultChecked />
            <span>{words}</span>
          </label>
        ))}
      </fieldset>
      <div className="f">
        <label htmlFor={id}>{t('clocks.missed-what')}</label>
        <textarea id={id} name="what" rows={3} maxLength={8000} required />
      </div>
    </ActForm>
  )
}

function MissedLine({ rung }: { readonly rung: MissedRung }) {
  const { t, locale } = useShell()
  const { clock, tell, dueAt, doneAt, reason } = rung
  const at = formatInstant(locale, dueAt)
  const line = t('clocks.missed-line', {
    clock: t(`clock.${clock}`),
    office: t(`rung.${tell}`),
    at,
  })
  const why = reason
    ? t(`clocks.reason-${reason}`)
    : t('clocks.reason-late', { at: formatInstant(locale, doneAt) })
  return (
    <>
      {line} <span className="late">{why}</span>
    </>
  )
}
