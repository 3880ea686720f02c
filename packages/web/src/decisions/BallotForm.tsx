import { castBallot, startBallot } from '@tocsin/api/ballots.ts'
import { type BallotRefusal, Choice } from '@tocsin/domain/ballot.ts'
import { languagesOf } from '@tocsin/domain/clauses.ts'
import { hashTexts } from '@tocsin/records/proposal-text.ts'
import { useState } from 'react'
import { LongField } from '../docket/LongField.tsx'
import { ActForm, textOf } from '../identity/ActForm.tsx'
import { showPasskey } from '../identity/passkeys.ts'
import { useSelf } from '../identity/self.ts'
import { useShell } from '../shell/context.ts'
import { setApart } from '../shell/format.ts'
import { languageNames } from '../shell/Preferences.tsx'
import type { Shown } from './proposal.ts'

type Props = Pick<Shown, 'one' | 'found'>

/** The organisation's vote: first what the passkey signs is on the screen, then it signs exactly that. */
export function BallotForm({ one, found }: Props) {
  const { t, client } = useShell()
  const [choice, choose] = useState<Choice>()
  const [explanation, explain] = useState('')
  const [cast, setCast] = useState<{ readonly reason: BallotRefusal | null }>()
  const { ballots } = one
  const self = useSelf()
  const own = ballots?.lines.filter(({ organisation }) => organisation === self?.organisation.id)
  const isCast = own?.some(({ state }) => state === 'counted' || state === 'waiting') ?? false
  const vote = async (fields: FormData, id: string) => {
    const params = { consultation: found.room.id, proposal: one.id }
    const body = {
      reading: one.reading,
      choice: Choice.parse(fields.get('choice')),
      explanation: textOf(fields, 'explanation') || null,
    }
    const { ceremony, options } = await client(startBallot, { params, body })
    const passkey = await showPasskey(options)
    const answer = { ceremony, passkey }
    setCast(await client(castBallot, { params: { ...params, ballot: id }, body: answer }))
    choose(undefined)
    explain('')
  }
  const mayCast = ballots?.mayCast === true && (one.mayChange || !isCast)
  return (
    <div className={mayCast || cast ? 'pf noprint' : 'noprint'}>
      {mayCast && (
        <>
          <h3>{t(isCast ? 'vote.cast-anew' : 'vote.cast')}</h3>
          <ActForm submit={t('vote.sign')} isMain deed={vote}>
            <fieldset className="methods three">
              <legend>{t('vote.choose')}</legend>
              {Choice.options.map((each) => (
                <label key={each}>
                  <input
                    type="radio"
                    name="choice"
                    value={each}
                    checked={each === choice}
                    onChange={() => choose(each)}
                    required
                  />
                  <b>{t(`vote.choice-${each}`)}</b>
                </label>
              ))}
            </fieldset>
            <LongField
              name="explanation"
              label={t('vote.explanation')}
              hint={t('vote.explanation-hint')}
              rows={3}
              dir="auto"
              value={explanation}
              onChange={({ target }) => explain(target.value)}
            />
            <Signed one={one} choice={choice} explanation={explanation.trim()} />
            <p className="src">{t(one.mayChange ? 'vote.changeable' : 'vote.final')}</p>
          </ActForm>
        </>
      )}
      <p className="said" role="status">
        {cast && cast.reason === null && t('vote.cast-done')}
        {cast?.reason && t('vote.cast-refused', { reason: t(`vote.refused-${cast.reason}`) })}
      </p>
    </div>
  )
}

type SignedProps = Pick<Props, 'one'> & {
  readonly choice: Choice | undefined
  readonly explanation: string
}

/** What the passkey signs; the hash is of the text as it stands on this screen, counted here. */
function Signed({ one, choice, explanation }: SignedProps) {
  const { t } = useShell()
  const self = useSelf()
  const hashes = hashTexts(one)
  return (
    <section className="signed" aria-label={t('vote.signs')}>
      <h4>{t('vote.signs')}</h4>
      <dl>
        <dt>{t('proposal.region')}</dt>
        <dd>{t('proposal.title', { number: one.number, reading: one.reading })}</dd>
        {languagesOf(one.text).map((language) => (
          <Row key={language} name={t('vote.signs-text', { language: languageNames[language] })}>
            <code dir="ltr">{hashes[language]}</code>
          </Row>
        ))}
        <Row name={t('vote.choose')}>
          <b>{choice ? t(`vote.choice-${choice}`) : t('vote.signs-nothing')}</b>
        </Row>
        <Row name={t('vote.signs-explanation')}>
          <span dir="auto">{explanation || t('vote.signs-none')}</span>
        </Row>
        <Row name={t('vote.signs-for')}>
          {self &&
            t('vote.by-officer', {
              name: setApart(self.name),
              office: setApart(self.organisation.name),
            })}
        </Row>
      </dl>
    </section>
  )
}

type RowProps = { readonly name: string; readonly children: React.ReactNode }

const Row = ({ name, children }: RowProps) => (
  <>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </>
)
