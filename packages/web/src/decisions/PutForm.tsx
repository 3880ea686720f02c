import type { Room } from '@tocsin/api/consultations.ts'
import { putProposal } from '@tocsin/api/decisions.ts'
import type { ClauseId } from '@tocsin/domain/clauses.ts'
import type { Putting } from '@tocsin/domain/deciding.ts'
import { newId } from '@tocsin/domain/id.ts'
import { Locale } from '@tocsin/domain/locale.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import type { ProposalId } from '@tocsin/domain/proposal.ts'
import { Fragment, useState } from 'react'
import { LongField } from '../docket/LongField.tsx'
import { ActForm, textOf } from '../identity/ActForm.tsx'
import { Choice, Field } from '../identity/Field.tsx'
import { Check } from '../network/Check.tsx'
import { useShell } from '../shell/context.ts'
import { languageNames } from '../shell/Preferences.tsx'
import { MethodFields } from './MethodFields.tsx'
import { ruleIn } from './put-rule.ts'

/** Puts a text to ballots or under silence, in the reader's language and one more. */
export function PutForm({ found }: { readonly found: Room }) {
  const { room } = found
  const { t, client, locale } = useShell()
  const [second, choose] = useState<Locale>()
  const languages = [locale, ...(second ? [second] : [])]
  const agenda = room.agenda.filter(({ settled }) => settled === null)
  const put = async (fields: FormData, id: string) => {
    const params = { consultation: room.id, proposal: id as ProposalId }
    await client(putProposal, { params, body: puttingIn(fields, languages) })
  }
  return (
    <ActForm submit={t('proposal.put')} deed={put}>
      <p className="src">{t('proposal.put-hint')}</p>
      {languages.map((language) => (
        <Fragment key={language}>
          <Field
            name={`title-${language}`}
            label={t('proposal.put-title', { language: languageNames[language] })}
            lang={language}
            dir="auto"
            maxLength={200}
            defaultValue={language === locale ? agenda[0]?.title : undefined}
            required
          />
          <LongField
            name={`clauses-${language}`}
            label={t('proposal.put-clauses', { language: languageNames[language] })}
            hint={t('proposal.put-clauses-hint')}
            lang={language}
            dir="auto"
            rows={6}
            required
          />
        </Fragment>
      ))}
      <Choice
        name="second"
        label={t('proposal.put-second')}
        value={second ?? ''}
        onChange={({ target }) => choose(Locale.safeParse(target.value).data)}
      >
        <option value="">{t('proposal.put-none')}</option>
        {Locale.options
          .filter((one) => one !== locale)
          .map((one) => (
            <option key={one} value={one}>
              {languageNames[one]}
            </option>
          ))}
      </Choice>
      {agenda.length > 0 && (
        <Choice name="item" label={t('vote.item')} defaultValue={agenda[0]?.n}>
          <option value="">{t('vote.item-none')}</option>
          {agenda.map(({ n, title }) => (
            <option key={n} value={n}>
              {t('room.item', { n, title })}
            </option>
          ))}
        </Choice>
      )}
      <MethodFields found={found} />
      <Check name="hasConvenerSay" label={t('proposal.put-convener')} isSet />
    </ActForm>
  )
}

function puttingIn(fields: FormData, languages: readonly Locale[]): Putting {
  const inEach = languages.map((language) =>
    textOf(fields, `clauses-${language}`)
      .split(/\n\s*\n/)
      .map((clause) => clause.trim())
      .filter((clause) => clause !== ''),
  )
  const [first = []] = inEach
  if (inEach.some((clauses) => clauses.length !== first.length)) {
    throw new Problem('proposal.text-not-whole')
  }
  const byLanguage = (say: (at: number, language: Locale) => string | undefined) =>
    Object.fromEntries(languages.map((language, at) => [language, say(at, language)]))
  return {
    title: byLanguage((_, language) => textOf(fields, `title-${language}`)),
    clauses: first.map((_, n) => ({
      clause: newId<ClauseId>(),
      texts: byLanguage((at) => inEach[at]?.[n]),
    })),
    originals: [...languages].slice(0, 1),
    item: Number(textOf(fields, 'item')) || null,
    ...ruleIn(fields),
    hasConvenerSay: fields.get('hasConvenerSay') === 'on',
  }
}
