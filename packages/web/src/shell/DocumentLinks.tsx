import { Locale } from '@tocsin/domain/locale.ts'
import { useShell } from './context.ts'

const formats = ['pdf', 'docx'] as const

type Props = {
  readonly title: string
  readonly addressIn: (query: {
    readonly format: (typeof formats)[number]
    readonly locale: Locale
  }) => string
}

/** A document to save, in each of the six languages. */
export function DocumentLinks({ title, addressIn }: Props) {
  const { locale } = useShell()
  const names = new Intl.DisplayNames([locale], { type: 'language' })
  return (
    <details className="sure noprint">
      <summary>{title}</summary>
      <ul className="file-list">
        {Locale.options.map((language) => (
          <li key={language}>
            {names.of(language) ?? language}{' '}
            {formats.map((format) => (
              <a key={format} href={addressIn({ format, locale: language })} download>
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
