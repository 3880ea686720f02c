import { useNavigate } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useShell } from './context.ts'

const places: Readonly<Record<string, string>> = {
  w: '/world',
  s: '/scores',
  d: '/data',
  h: '/help',
}

/** What single keys do on the page itself, without going anywhere. */
const moves: Readonly<Record<string, () => void>> = {
  j: () => moveInTable(1),
  k: () => moveInTable(-1),
  t: () => document.querySelector<HTMLElement>('[data-table-twin]')?.focus(),
}

const shown = { help: '?', next: 'j', previous: 'k', table: 't' } as const

/** `g` then a letter goes to a section, `?` opens the list of keys. Not while somebody types. */
export function Keys() {
  const { t } = useShell()
  const navigate = useNavigate()
  useEffect(() => {
    let going = false
    const press = (event: KeyboardEvent) => {
      if (!isCommand(event)) return
      const place = going ? places[event.key] : undefined
      going = event.key === 'g'
      if (place) void navigate({ to: place })
      else if (event.key === '?') void navigate({ to: '/help', hash: 'keys' })
      else moves[event.key]?.()
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [navigate])
  return (
    <span className="hide-s">
      <kbd>{shown.help}</kbd> {t('app.keys')} <kbd>{shown.next}</kbd> <kbd>{shown.previous}</kbd>{' '}
      {t('app.keys-move')} <kbd>{shown.table}</kbd> {t('app.keys-table')}
    </span>
  )
}

function isCommand({ target, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  const typing = target instanceof HTMLElement && /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName)
  return !(typing || ctrlKey || metaKey || altKey)
}

/** Moves the focus to the link of the next or previous row of the table twin. */
function moveInTable(step: number): void {
  const links = [...document.querySelectorAll<HTMLElement>('[data-table-twin] tbody a')]
  const at = links.indexOf(document.activeElement as HTMLElement)
  links[Math.min(Math.max(at + step, 0), links.length - 1)]?.focus()
}
