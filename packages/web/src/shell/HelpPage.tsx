import { Link } from '@tanstack/react-router'
import type { Problem } from '@tocsin/domain/problem.ts'
import { useShell } from './context.ts'
import { Masthead } from './Masthead.tsx'

const parts = ['estimate', 'interval', 'drivers', 'change', 'unknown', 'level', 'keys'] as const

/** How to read the figures, in the reader's language. */
export function HelpPage() {
  const { t } = useShell()
  return (
    <>
      <Masthead path={t('app.help')} title={t('help.title')} facts={[]} />
      {parts.map((part) => (
        <section key={part} id={part} className="sec read">
          <h2>{t(`help.${part}`)}</h2>
          <p>{t(`help.${part}-text`)}</p>
        </section>
      ))}
      <p className="sec">
        <a href="/openapi.json">{t('help.api')}</a>
      </p>
    </>
  )
}

/** What went wrong, what is safe, and where to go on. */
export function FaultPage({ code, details }: Pick<Problem, 'code' | 'details'>) {
  const { t } = useShell()
  return (
    <>
      <Masthead path="Tocsin" title={t('app.fault')} facts={[]} />
      <p className="sec">{t(`problem.${code}`, details as Record<string, string>)}</p>
      <p>
        <Link to="/world">{t('app.back-to-world')}</Link>
      </p>
    </>
  )
}
