import type { MatterLiaison } from '@tocsin/api/liaison.ts'
import { mayWorkOnMatter } from '@tocsin/domain/docket-access.ts'
import { symbolOf } from '@tocsin/domain/symbol.ts'
import { useReady } from '../identity/ActForm.tsx'
import { StepUp } from '../identity/StepUp.tsx'
import { useActor } from '../identity/self.ts'
import { ExerciseBand } from '../matters/ExerciseBand.tsx'
import { PrintMarking } from '../matters/PrintMarking.tsx'
import { addressTo, type Search } from '../shell/address.ts'
import { useShell } from '../shell/context.ts'
import { formatInstant } from '../shell/format.ts'
import { Masthead } from '../shell/Masthead.tsx'
import { ComposeForm } from './ComposeForm.tsx'
import { NoteStanding } from './NoteStanding.tsx'
import { NoteView } from './NoteView.tsx'

type Props = { readonly found: MatterLiaison; readonly search: Search }

/** The notes to the UN Office on one matter: each as it leaves, and the form that makes another. */
export function MatterLiaisonPage({ found, search }: Props) {
  const { t, locale } = useShell()
  const actor = useActor()
  const ready = useReady()
  const { matter, notes, asOf, mayGo } = found
  const mayWork = mayWorkOnMatter(actor, matter)
  const opened = notes.find(({ id }) => id === search['note']) ?? notes[0]
  const address = `/matters/${matter.id}/liaison`
  return (
    <StepUp>
      <PrintMarking marking={matter.marking} symbol={symbolOf('M', matter)} />
      {matter.isExercise && <ExerciseBand />}
      <Masthead
        path={
          <>
            <a href="/liaison">{t('liaison.title')}</a>
            {' / '}
            <a href={`/matters/${matter.id}`}>
              <bdi>{symbolOf('M', matter)}</bdi>
            </a>
          </>
        }
        title={t('liaison.note-title')}
        lede={
          <>
            <b>
              <bdi>{matter.title}</bdi>
            </b>{' '}
            {t('liaison.note-lede')}
          </>
        }
        symbol={symbolOf('M', matter)}
        marking={matter.marking}
        facts={[{ name: t('matter.as-of'), value: formatInstant(locale, asOf) }]}
      />
      <p className="acts noprint">
        {mayWork && mayGo && (
          <a className={notes.length > 0 ? 'b' : 'b p'} href="#make">
            {t('liaison.make')}
          </a>
        )}
        <button type="button" className="b q" disabled={!ready} onClick={() => window.print()}>
          {t('matter-act.print')}
        </button>
      </p>
      <p className="note by-hand">
        {t(found.offices.length > 0 ? 'liaison.by-network-note' : 'liaison.by-hand')}
      </p>
      <section className="sec" id="notes" aria-labelledby="notes-title">
        <div className="h">
          <h2 id="notes-title">{t('liaison.notes')}</h2>
        </div>
        {notes.length === 0 && <p>{t('liaison.exchange-none')}</p>}
        <ul className="list liaison-list">
          {notes.map((note) => (
            <li key={note.id}>
              <NoteStanding note={note} />
              <p className="acts noprint">
                <a
                  className="b"
                  href={`${addressTo(address, { note: note.id })}#note`}
                  aria-current={note === opened || undefined}
                  data-stay
                >
                  {t('liaison.note-open')}
                </a>
              </p>
            </li>
          ))}
        </ul>
      </section>
      {opened && <NoteView key={opened.id} found={found} note={opened} mayWork={mayWork} />}
      {!mayGo && <p className="note">{t('liaison.matter-too-closed')}</p>}
      {mayWork && mayGo && <ComposeForm key={notes.length} found={found} />}
    </StepUp>
  )
}
