import { addressOf } from '@tocsin/api/client.ts'
import { getDecisionMinute } from '@tocsin/api/decisions.ts'
import { Locale } from '@tocsin/domain/locale.ts'
import { useShell } from '../shell/context.ts'
import type { Shown } from './proposal.ts'

/** The minute of a decision as a document, in each of the six languages, once its record is proven. */
export function MinuteLinks({ one, found }: Pick<Shown, 'one' | 'found'>) {
  const { t, locale } = useShell()
  if (!one.decision?.provenAt) return null
  const names = new Intl.DisplayNames([locale], { type: 'language' })
  const params = { consultation: found.room.id, proposal: one.id }
  return (
    <details className="sure noprint">
      <summary>{t('decision.minute')}</summary>
      <ul className="plan-files">
        {Locale.options.map((language) => (
          <li key={language}>
            {names.of(language) ?? language}{' '}
            {(['pdf', 'docx'] as const).map((format) => (
              <a
                key={format}
                href={addressOf(getDecisionMinute, { params, query: { format, locale: language } })}
                download
              >
                {format.toUpperCase()}
                <span className="vh">{names.of(language) ?? language}</span>
              </a>
            ))}
          </li>
        ))}
      </ul>
    </details>
  )
}
