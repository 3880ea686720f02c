import { countDue } from '@tocsin/api/docket.ts'
import { mayUseDocket } from '@tocsin/domain/docket-access.ts'
import { mayReadMembers } from '@tocsin/domain/network-access.ts'
import type { MessageKey } from '@tocsin/i18n/catalogue.ts'
import { useEffect, useState } from 'react'
import { useActor } from '../identity/self.ts'
import { useShell } from './context.ts'

type Section = { readonly to: string; readonly name: MessageKey }

const open: readonly Section[] = [
  { to: '/world', name: 'app.world' },
  { to: '/scores', name: 'app.scores' },
  { to: '/data', name: 'app.data' },
  { to: '/help', name: 'app.help' },
]
const docket: Section = { to: '/docket', name: 'docket.name' }
const matters: Section = { to: '/matters', name: 'sections.matters' }
const reports: Section = { to: '/reports', name: 'sections.reports' }
const consultations: Section = { to: '/consultations', name: 'sections.consultations' }
const network: Section = { to: '/network', name: 'sections.network' }
const [world, ...others] = open as [Section, ...Section[]]
/** The rest of the sections at the foot of a small screen. */
const more: Section = { to: '#more', name: 'sections.more' }

/** The sections of whoever reads: in the bar of a wide screen, or the four of a small one. */
export function Sections({ due, isSmall = false, pathname }: Props) {
  const actor = useActor()
  if (!mayReadMembers(actor)) return <Links sections={open} pathname={pathname} due={undefined} />
  if (!mayUseDocket(actor)) {
    const sections = isSmall ? [world, network, more] : [...open, network]
    return <Links sections={sections} pathname={pathname} due={undefined} />
  }
  const wide = [docket, world, matters, reports, consultations, network, ...others]
  const small = [docket, reports, matters, more]
  return <Links sections={isSmall ? small : wide} pathname={pathname} due={due} />
}

type Props = {
  /** How many matters run out today or are over time; none for those who see no docket. */
  readonly due: number | undefined
  readonly isSmall?: boolean
  readonly pathname: string
}

/** What the bar of a small screen leaves out, for those who have more sections than fit. */
export function OtherSections({ pathname }: Pick<Props, 'pathname'>) {
  const { t } = useShell()
  const actor = useActor()
  if (!mayReadMembers(actor)) return null
  const own = mayUseDocket(actor) ? [consultations, network] : [network]
  return (
    <nav id="more" className="only-s more" aria-label={t('sections.more')}>
      <Links sections={[...own, ...open]} pathname={pathname} due={undefined} />
    </nav>
  )
}

type LinksProps = Omit<Props, 'isSmall'> & { readonly sections: readonly Section[] }

function Links({ sections, pathname, due }: LinksProps) {
  const { t } = useShell()
  const here = sectionOf(pathname)
  return sections.map(({ to, name }) => (
    <a key={to} href={to} aria-current={to === here ? 'page' : undefined}>
      {t(name)}
      {to === docket.to && due !== undefined && due > 0 && <Count due={due} />}
    </a>
  ))
}

const MOST_SAID = 99

function Count({ due }: { readonly due: number }) {
  const { t } = useShell()
  return (
    <>
      <span className="cnt" aria-hidden="true">
        {due > MOST_SAID ? `${MOST_SAID}+` : due}
      </span>
      <span className="vh">{t('docket.due-count', { n: due })}</span>
    </>
  )
}

/** The pages of countries and of regional bodies lie under the world's, and what belongs to one matter under the matters, agendas under the consultations. */
function sectionOf(pathname: string): string {
  const [, first = ''] = pathname.split('/')
  if (first === 'country' || first === 'bodies') return world.to
  if (first === 'agendas') return consultations.to
  if (first === 'warnings' || first === 'plans' || first === 'liaison') return matters.to
  return `/${first}`
}

const MINUTE_MS = 60_000

/** The count of the bar, asked for anew each minute while somebody looks. */
export function useDue(first: number | undefined): number | undefined {
  const { client } = useShell()
  const [due, set] = useState(first)
  useEffect(() => {
    set(first)
    if (first === undefined) return
    const ask = async () => {
      if (document.visibilityState !== 'visible') return
      const answer = await client(countDue, {}).catch(() => undefined)
      if (answer) set(answer.due)
    }
    const timer = setInterval(() => void ask(), MINUTE_MS)
    return () => clearInterval(timer)
  }, [first, client])
  return due
}
