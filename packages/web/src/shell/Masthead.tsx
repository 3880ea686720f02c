import type { Marking } from '@tocsin/domain/audience.ts'
import { type ReactNode, useEffect } from 'react'
import { useShell } from './context.ts'

type Fact = { readonly name: string; readonly value: ReactNode }

/** As FIRST writes them: never translated. The colour of the words is part of the marking. */
const markings: Readonly<Record<Marking, string>> = {
  'TLP:CLEAR': 'tlp',
  'TLP:GREEN': 'tlp green',
  'TLP:AMBER': 'tlp amber',
  'TLP:AMBER+STRICT': 'tlp amber',
  'TLP:RED': 'tlp red',
}

/** The head of every page as of a document: path, title, one sentence, and the facts that date it. */
export function Masthead(props: {
  readonly path: ReactNode
  readonly title: string
  readonly lede?: ReactNode
  /** For citing the page, such as `TCN/WRP/2025`. */
  readonly symbol?: string
  /** Said where the page shows how things stood at an earlier time. */
  readonly stood?: string | undefined
  /** Who may see the page: anybody, the reader's own organisation, or the reader alone. */
  readonly marking?: Marking
  readonly facts: readonly Fact[]
}) {
  const { t } = useShell()
  const { title, stood, marking = 'TLP:CLEAR' } = props
  useEffect(() => {
    document.title = `${title} · Tocsin`
  }, [title])
  return (
    <div className={stood ? 'mast stood' : 'mast'}>
      <div>
        <p className="kick">{props.path}</p>
        <h1>{title}</h1>
        {stood && <p className="asof">{stood}</p>}
        {props.lede && <p className="lede">{props.lede}</p>}
      </div>
      <dl className="meta">
        {props.symbol && <Pair name={t('app.symbol')} value={<bdi>{props.symbol}</bdi>} />}
        <dt>{t('app.distribution')}</dt>
        <dd>
          <MarkingWords marking={marking} />
        </dd>
        {props.facts.map(({ name, value }) => (
          <Pair key={name} name={name} value={value} />
        ))}
      </dl>
    </div>
  )
}

export function MarkingWords({ marking }: { readonly marking: Marking }) {
  return <span className={markings[marking]}>{marking}</span>
}

function Pair({ name, value }: Fact) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  )
}
