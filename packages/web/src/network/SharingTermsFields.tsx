import type { SharedAudience, SharingForm } from '@tocsin/api/sharing.ts'
import { Marking } from '@tocsin/domain/audience.ts'
import type { Instant } from '@tocsin/domain/brand.ts'
import type { Matter } from '@tocsin/domain/matter.ts'
import { ReshareRule } from '@tocsin/domain/network.ts'
import type { Redactable } from '@tocsin/domain/redaction.ts'
import { plainTerms } from '@tocsin/domain/sharing.ts'
import { textOf } from '../identity/ActForm.tsx'
import { Choice, Field } from '../identity/Field.tsx'
import { useShell } from '../shell/context.ts'
import { Check } from './Check.tsx'

type Props = {
  readonly matter: Matter
  /** What was said last; none where nothing was. */
  readonly shared: SharedAudience | undefined
}

/** The parts of a matter that can be left out; the others are parts of a report. */
const parts: readonly Redactable[] = [
  'summary',
  'place',
  'country',
  'certainty',
  'review',
  'attachments',
]

/** Everything beyond the plain case: until when, what readers may do with it, and what is left out. */
export function SharingTermsFields({ matter, shared }: Props) {
  const { t } = useShell()
  const terms = shared?.terms
  return (
    <details className="sure">
      <summary>{t('sharing.share-more')}</summary>
      <fieldset>
        <legend>{t('sharing.share-terms')}</legend>
        <Choice
          name="ceiling"
          label={t('sharing.share-ceiling')}
          defaultValue={terms?.ceiling ?? matter.marking}
        >
          {Marking.options.map((marking) => (
            <option key={marking}>{marking}</option>
          ))}
        </Choice>
        <Choice
          name="reshare"
          label={t('sharing.share-reshare')}
          defaultValue={terms?.reshare ?? plainTerms.reshare}
        >
          {ReshareRule.options.map((rule) => (
            <option key={rule} value={rule}>
              {t(`shared.reshare-${rule}`)}
            </option>
          ))}
        </Choice>
        <Field
          name="expires"
          label={t('sharing.share-expires')}
          type="date"
          defaultValue={terms?.expiresAt?.slice(0, 10)}
        />
        <Check
          name="roster-closed"
          label={t('sharing.share-roster-closed')}
          isSet={terms?.isRosterClosed}
        />
        <Check
          name="author-withheld"
          label={t('sharing.share-author-withheld')}
          isSet={terms?.isAuthorWithheld}
        />
        <Check name="asks" label={t('sharing.share-asks-who-read')} isSet={shared?.asksWhoRead} />
      </fieldset>
      <fieldset>
        <legend>{t('sharing.share-leave-out')}</legend>
        <span className="hint">{t('sharing.share-leave-out-hint')}</span>
        {parts.map((part) => (
          <Check
            key={part}
            name={part}
            label={t(`sharing.redacted-${part}`)}
            isSet={shared?.redacted.includes(part)}
          />
        ))}
      </fieldset>
    </details>
  )
}

type Said = Pick<SharingForm, 'redacted' | 'asksWhoRead'> & {
  readonly terms: Pick<
    SharingForm['terms'],
    'ceiling' | 'reshare' | 'expiresAt' | 'isRosterClosed' | 'isAuthorWithheld'
  >
}

export function termsIn(fields: FormData): Said {
  const isSet = (name: string) => fields.get(name) === 'on'
  const day = textOf(fields, 'expires')
  return {
    terms: {
      ceiling: Marking.parse(textOf(fields, 'ceiling')),
      reshare: ReshareRule.parse(textOf(fields, 'reshare')),
      // To the end of that day.
      expiresAt: day ? (`${day}T23:59:59.000Z` as Instant) : null,
      isRosterClosed: isSet('roster-closed'),
      isAuthorWithheld: isSet('author-withheld'),
    },
    redacted: parts.filter(isSet),
    asksWhoRead: isSet('asks'),
  }
}
