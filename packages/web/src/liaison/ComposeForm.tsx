import { useRouter } from '@tanstack/react-router'
import { type MatterLiaison, makeLiaisonNote, type OfferedFinding } from '@tocsin/api/liaison.ts'
import {
  type ChosenFinding,
  type Judgement,
  LiaisonNoteId,
  Presence,
  riskFactors,
} from '@tocsin/domain/liaison-note.ts'
import { Locale } from '@tocsin/domain/locale.ts'
import { LongField } from '../docket/LongField.tsx'
import { ActForm, textOf, useRefused } from '../identity/ActForm.tsx'
import { Choice } from '../identity/Field.tsx'
import { useShell } from '../shell/context.ts'
import { languageNames } from '../shell/Preferences.tsx'
import { wordsOf } from './finding-words.ts'
import { factorName } from './NoteBody.tsx'

const judgedBy = Presence.options.filter((one) => one !== 'not-assessed')

/** Chooses what a note tells of, and by which factors; what would be left out stands beside each. */
export function ComposeForm({ found }: { readonly found: MatterLiaison }) {
  const { t, client, locale } = useShell()
  const router = useRouter()
  const { matter, offered } = found
  const make = async (fields: FormData, id: string) => {
    const params = { matter: matter.id, note: LiaisonNoteId.parse(id) }
    const body = {
      locale: Locale.parse(textOf(fields, 'locale')),
      chosen: chosenIn(fields, offered),
      judgements: judgementsIn(fields),
    }
    await client(makeLiaisonNote, { params, body })
    // What was made is read next; making another begins anew.
    await router.navigate({ href: `/matters/${matter.id}/liaison?note=${params.note}#note` })
  }
  return (
    <section className="sec sign noprint" id="make" aria-labelledby="make-title">
      <div className="h">
        <h2 id="make-title">{t('liaison.make')}</h2>
      </div>
      {offered.length === 0 && <p>{t('liaison.choose-none')}</p>}
      {offered.length > 0 && (
        <ActForm submit={t('liaison.make')} isMain={found.notes.length === 0} deed={make}>
          <fieldset className="plan-checks">
            <legend>{t('liaison.choose')}</legend>
            <ChooseHint />
            <ul className="list liaison-list">
              {offered.map((one) => (
                <li key={one.id}>
                  <Offered one={one} found={found} />
                </li>
              ))}
            </ul>
          </fieldset>
          <details className="sure liaison-judge">
            <summary>{t('liaison.judge')}</summary>
            <p className="hint">{t('liaison.judge-hint')}</p>
            <Choice name="locale" label={t('liaison.language')} defaultValue={locale}>
              {Locale.options.map((language) => (
                <option key={language} value={language}>
                  {languageNames[language]}
                </option>
              ))}
            </Choice>
            {riskFactors.map((factor) => (
              <fieldset key={factor}>
                <legend>{factorName(t, factor)}</legend>
                <Choice name={`presence-${factor}`} label={t('liaison.presence')}>
                  <option value="">{t('liaison.presence-leave')}</option>
                  {judgedBy.map((presence) => (
                    <option key={presence} value={presence}>
                      {t(`liaison.presence-${presence}`)}
                    </option>
                  ))}
                </Choice>
                <LongField
                  name={`words-${factor}`}
                  label={t('liaison.words')}
                  rows={2}
                  dir="auto"
                />
              </fieldset>
            ))}
          </details>
          <p className="note">{t('liaison.make-hint')}</p>
        </ActForm>
      )}
    </section>
  )
}

/** Which of both is missing, a thing or what it bears on, is said where both are chosen. */
function ChooseHint() {
  const { t } = useShell()
  const refused = [useRefused('chosen'), useRefused('factors')]
  const isRefused = refused.includes(true)
  return (
    <p className={isRefused ? 'hint late' : 'hint'}>
      {isRefused && `${t('form.refused')} `}
      {t('liaison.choose-hint')}
    </p>
  )
}

type OfferedProps = { readonly one: OfferedFinding; readonly found: MatterLiaison }

function Offered({ one, found }: OfferedProps) {
  const shell = useShell()
  const { t } = shell
  const { id, name, finding, leftOut, factors, mayGo } = one
  const what = leftOut.map((part) => t(`liaison.left-out-${part}`)).join('; ')
  if (!mayGo) {
    return (
      <p>
        <bdi>{name}</bdi> <span className="mute">{t('liaison.too-closed')}</span>
      </p>
    )
  }
  return (
    <>
      <label className="check">
        <input type="checkbox" name="chosen" value={id} />
        <span>
          <b>
            <bdi>{name}</bdi>
          </b>{' '}
          {wordsOf(shell, found, finding)}
        </span>
      </label>
      <p className="src">{t('liaison.left-out-would', { what })}</p>
      <details className="sure" open={factors.length > 0}>
        <summary>
          {t('liaison.choose-factors')}
          <span className="vh">{name}</span>
        </summary>
        <fieldset className="factor-checks">
          <legend className="vh">{`${t('liaison.choose-factors')}, ${name}`}</legend>
          {riskFactors.map((factor) => (
            <label key={factor} className="check">
              <input
                type="checkbox"
                name={`factor-${id}`}
                value={factor}
                defaultChecked={factors.includes(factor)}
              />
              <span>{factorName(t, factor)}</span>
            </label>
          ))}
        </fieldset>
      </details>
    </>
  )
}

const chosenIn = (fields: FormData, offered: readonly OfferedFinding[]): ChosenFinding[] => {
  const chosen = fields.getAll('chosen')
  return offered
    .filter(({ id }) => chosen.includes(id))
    .map(({ kind, id }) => ({ kind, id, factors: fields.getAll(`factor-${id}`).map(Number) }))
}

/** What was judged or said; words alone leave the judgement as it follows from what is chosen. */
const judgementsIn = (fields: FormData): Judgement[] =>
  riskFactors.flatMap((factor): Judgement[] => {
    const presence = Presence.safeParse(textOf(fields, `presence-${factor}`)).data
    const words = textOf(fields, `words-${factor}`) || null
    return presence || words ? [{ factor, presence: presence ?? null, words }] : []
  })
