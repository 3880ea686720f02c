import type { LiaisonDesk } from '@tocsin/api/liaison.ts'
import { isLookedAt, type JudgedFactor, type LiaisonNote } from '@tocsin/domain/liaison-note.ts'
import type { MessageKey } from '@tocsin/i18n/catalogue.ts'
import { useShell } from '../shell/context.ts'
import { wordsOf } from './finding-words.ts'

type Props = {
  readonly note: Pick<LiaisonNote, 'content' | 'locale'>
  readonly found: Pick<LiaisonDesk, 'countries'>
}

/** What a note says: each factor that was looked at, those that were not, and what was left out. */
export function NoteBody({ note, found }: Props) {
  const { t } = useShell()
  const { factors, leftOut } = note.content
  return (
    <>
      <p className="two">{t('liaison.doc-method')}</p>
      <p className="src">{t('liaison.doc-unverified')}</p>
      {factors.filter(isLookedAt).map((one) => (
        <Factor key={one.factor} one={one} note={note} found={found} />
      ))}
      <h3 className="sub">{t('liaison.doc-not-assessed')}</h3>
      <p className="two">{t('liaison.doc-not-assessed-means')}</p>
      <p>
        {factors
          .filter((one) => !isLookedAt(one))
          .map(({ factor }) => factorName(t, factor))
          .join('; ')}
      </p>
      <div className="left-out">
        <h3>{t('liaison.left-out')}</h3>
        <p>{t('liaison.left-out-means')}</p>
        <ul>
          {leftOut.map(({ what, count }) => (
            <li key={what}>
              {t(`liaison.left-out-${what}`)} <b>{count}</b>
            </li>
          ))}
        </ul>
      </div>
    </>
  )
}

type T = ReturnType<typeof useShell>['t']

export const factorName = (t: T, factor: number): string =>
  t('plan.numbered', { mark: factor, name: t(`plan.factor-${factor}` as MessageKey) })

type FactorProps = Props & { readonly one: JudgedFactor }

function Factor({ one, note, found }: FactorProps) {
  const shell = useShell()
  const { t } = shell
  const { factor, presence, words, findings } = one
  return (
    <>
      <h3 className="sub">
        {factorName(t, factor)} <span className="chip">{t(`liaison.presence-${presence}`)}</span>
      </h3>
      {words && (
        <p className="own-words" dir="auto" lang={note.locale}>
          {words}
        </p>
      )}
      <ul className="plan-said">
        {findings.map((n) => {
          const finding = note.content.findings[n - 1]
          return (
            finding && (
              <li key={n}>
                <span className="mute">{n}</span> {wordsOf(shell, found, finding)}
              </li>
            )
          )
        })}
      </ul>
    </>
  )
}
