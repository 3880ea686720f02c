import { useShell } from '../../shell/context.ts'

/** A fingerprint as it is read out: numbered, in this order, the same words in every language. */
export function Words({ words }: { readonly words: readonly string[] }) {
  const { t } = useShell()
  return (
    <ol className="words" dir="ltr" lang="en" aria-label={t('trust.words')}>
      {Object.entries(words).map(([place, word]) => (
        <li key={place}>{word}</li>
      ))}
    </ol>
  )
}
