import { useNavigate } from '@tanstack/react-router'
import type { Edition } from '@tocsin/domain/risk.ts'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { addressTo, type Search } from '../shell/address.ts'
import { useShell } from '../shell/context.ts'

type Props = {
  /** Newest first. */
  readonly editions: readonly Edition[]
  readonly edition: Edition
  readonly search: Search
}

/** Long enough to slide past editions that nobody wants to load. */
const restMs = 250

/** Which edition is shown, as it was published then: links, and a slider over them where scripts run. */
export function EditionSlider({ editions, edition, search }: Props) {
  const { t } = useShell()
  const inOrder = editions.toReversed()
  const addresses = inOrder.map(({ id }) => addressTo('/world', { ...search, edition: id }))
  return (
    <nav className="slw" aria-label={t('world.edition')}>
      <span className="lab" aria-hidden="true">
        {t('world.edition')}
      </span>
      <div className="sl" style={{ gridTemplateColumns: `repeat(${inOrder.length}, 1fr)` }}>
        {inOrder.length > 1 && (
          <Slider
            key={edition.id}
            at={inOrder.indexOf(edition)}
            names={inOrder.map(({ id }) => t('world.edition-of', { id }))}
            addresses={addresses}
          />
        )}
        {inOrder.map((one, index) => (
          <a
            key={one.id}
            href={addresses[index]}
            aria-current={one.id === edition.id ? 'true' : undefined}
            className={isComparable(one) ? '' : 'brk'}
            title={isComparable(one) ? undefined : t('world.other-method')}
            data-stay
          >
            <bdi>{`${one.id}${isComparable(one) ? '' : '*'}`}</bdi>
          </a>
        ))}
      </div>
      <a className="md" href="/editions">
        {t('editions.all')}
      </a>
    </nav>
  )
}

/** Whether its chances come from the method used here, and not only from what was published then. */
export const isComparable = ({ origin }: Edition): boolean => origin !== 'published'

type SliderProps = {
  readonly at: number
  readonly names: readonly string[]
  readonly addresses: readonly string[]
}

function Slider({ at, names, addresses }: SliderProps) {
  const { t } = useShell()
  const navigate = useNavigate()
  const live = useSyncExternalStore(never, yes, no)
  const [held, hold] = useState(at)
  useEffect(() => {
    const href = addresses[held]
    if (held === at || !href) return
    const rest = setTimeout(() => void navigate({ href, resetScroll: false }), restMs)
    return () => clearTimeout(rest)
  }, [held, at, addresses, navigate])
  // Without script the links below do the same; a slider that does not move would be a lie.
  if (!live) return null
  return (
    <input
      type="range"
      min={0}
      max={names.length - 1}
      value={held}
      aria-label={t('world.edition')}
      aria-valuetext={names[held]}
      onChange={({ target }) => hold(Number(target.value))}
    />
  )
}

const never = () => () => undefined
const yes = () => true
const no = () => false
