import { useNavigate } from '@tanstack/react-router'
import { mayUseDocket } from '@tocsin/domain/docket-access.ts'
import { useEffect } from 'react'
import { useActor } from '../identity/self.ts'
import { useShell } from './context.ts'

const places: Readonly<Record<string, string>> = {
  w: '/world',
  s: '/scores',
  f: '/data',
  h: '/help',
}
/** The sections of those who work on matters. */
const desk: Readonly<Record<string, string>> = {
  d: '/docket',
  m: '/matters',
  r: '/reports',
  c: '/consultations',
}

const placeOf = (key: string, isDesk: boolean): string | undefined =>
  places[key] ?? (isDesk ? desk[key] : undefined)

/** What single keys do on the page itself, without going anywhere. */
const moves: Readonly<Record<string, () => void>> = {
  j: () => moveInTable(1),
  k: () => moveInTable(-1),
  t: () => linksOfTable()[0]?.focus(),
  '.': doPrimaryAction,
}

/** Arrows move only from row to row, where the focus is in the table: elsewhere they scroll. */
const arrows: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 }

const shown = { help: '?', next: 'j', previous: 'k', table: 't' } as const

/**
 * `g` then a letter goes to a section, `?` opens the list of keys. Not while somebody types, and not at
 * all for those who switched single letters off because they speak to their device (WCAG 2.1.4).
 */
export function Keys() {
  const { t, keys } = useShell()
  const navigate = useNavigate()
  const isDesk = mayUseDocket(useActor())
  useEffect(() => {
    let going = false
    const press = (event: KeyboardEvent) => {
      if (!isCommand(event) || moveByArrow(event) || !keys) return
      const place = going ? placeOf(event.key, isDesk) : undefined
      going = event.key === 'g'
      if (place) void navigate({ to: place })
      else if (event.key === '?') void navigate({ to: '/help', hash: 'keys' })
      else moves[event.key]?.()
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [navigate, keys, isDesk])
  if (!keys) return null
  return (
    <span className="hide-s keys">
      <kbd>{shown.help}</kbd> {t('app.keys')} <kbd>{shown.next}</kbd> <kbd>{shown.previous}</kbd>{' '}
      {t('app.keys-move')} <kbd>{shown.table}</kbd> {t('app.keys-table')}
    </span>
  )
}

function isCommand({ target, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  const typing = target instanceof HTMLElement && /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName)
  return !(typing || ctrlKey || metaKey || altKey)
}

function moveByArrow(event: KeyboardEvent): boolean {
  const step = arrows[event.key]
  if (step === undefined || !document.activeElement?.closest('[data-table-twin]')) return false
  event.preventDefault()
  moveInTable(step)
  return true
}

const linksOfTable = (): HTMLElement[] => [
  ...document.querySelectorAll<HTMLElement>('[data-table-twin] tbody a, [data-rows] .t a'),
]

/** Does what the row in focus asks for; without one, the page's own main act. */
function doPrimaryAction(): void {
  const row = document.activeElement?.closest('[data-rows] li')
  const action = row?.querySelector<HTMLElement>('.ac a') ?? document.querySelector('a.b.p')
  if (action instanceof HTMLElement) action.click()
}

/** Moves the focus to the link of the next or previous row of the docket or of the table twin. */
function moveInTable(step: number): void {
  const links = linksOfTable()
  const at = links.indexOf(document.activeElement as HTMLElement)
  links[Math.min(Math.max(at + step, 0), links.length - 1)]?.focus()
}
