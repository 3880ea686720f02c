import type { Room } from '@tocsin/api/consultations.ts'
import { putProposal } from '@tocsin/api/decisions.ts'
import type { ClauseId } from '@tocsin/domain/clauses.ts'
import { addMilliseconds } from '@tocsin/domain/clock.ts'
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
import { instantIn } from './proposal.ts'

const DAY_MS = 86_400_000

/** Puts a text under silence, in the reader's language and one more. */
export function PutForm({ found: { room, asOf } }: { readonly found: Room }) {
  const { t, client, locale } = useShell()
  const [second, choose] = useState<Locale>()
  const languages = [locale, ...(second ? [second] : [])]
  const open = room.agenda.find(({ settled }) => settled === null)?.title
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
            defaultValue={language === locale ? open : undefined}
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
      <Field
        name="closesAt"
        label={t('proposal.put-closes')}
        type="datetime-local"
        defaultValue={addMilliseconds(asOf, 3 * DAY_MS).slice(0, 16)}
        required
      />
      <Field
        name="minimumHours"
        label={t('proposal.put-minimum')}
        type="number"
        min={1}
        max={2160}
        defaultValue={24}
        required
      />
      <Field
        name="extensionHours"
        label={t('proposal.put-extension')}
        type="number"
        min={0}
        max={2160}
        defaultValue={72}
        required
      />
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
    closesAt: instantIn(fields, 'closesAt'),
    method: {
      kind: 'silence',
      minimumHours: Number(textOf(fields, 'minimumHours')),
      extensionHours: Number(textOf(fields, 'extensionHours')),
    },
    ...{ item: null, quorum: 1, opensAt: null, isSealed: false, mayChange: true },
    ...{ weights: [], recused: [] },
    hasConvenerSay: fields.get('hasConvenerSay') === 'on',
  }
}
