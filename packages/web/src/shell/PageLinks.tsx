import type { MessageKey } from '@tocsin/i18n/catalogue.ts'
import { addressTo, type Search } from './address.ts'
import { useShell } from './context.ts'

type Props = {
  readonly path: string
  readonly search: Search
  /** How many are on a page, and in all. */
  readonly size: number
  readonly total: number
  readonly before?: MessageKey
  readonly after?: MessageKey
}

/** Links to the parts of a list before and after the one that is shown. */
export function PageLinks({ path, search, size, total, ...words }: Props) {
  const { t } = useShell()
  const { before = 'matters.later', after = 'matters.earlier' } = words
  const offset = Number(search['offset']) || 0
  const to = (start: number) => addressTo(path, { ...search, offset: start > 0 ? `${start}` : '' })
  return (
    <>
      {offset > 0 && (
        <a className="b" href={to(offset - size)}>
          {t(before)}
        </a>
      )}
      {offset + size < total && (
        <a className="b" href={to(offset + size)}>
          {t(after)}
        </a>
      )}
    </>
  )
}
