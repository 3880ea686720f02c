import type { ReactNode } from 'react'
import { useShell } from './context.ts'

type Fact = { readonly name: string; readonly value: ReactNode }

/** As FIRST writes it: never translated. What these pages show may be seen by anybody. */
const marking = 'TLP:CLEAR'

/** The head of every page as of a document: path, title, one sentence, and the facts that date it. */
export function Masthead(props: {
  readonly path: ReactNode
  readonly title: string
  readonly lede?: ReactNode
  readonly facts: readonly Fact[]
}) {
  const { t } = useShell()
  return (
    <div className="mast">
      <div>
        <p className="kick">{props.path}</p>
        <h1>{props.title}</h1>
        {props.lede && <p className="lede">{props.lede}</p>}
      </div>
      <dl className="meta">
        <dt>{t('app.distribution')}</dt>
        <dd>
          <span className="tlp">{marking}</span>
        </dd>
        {props.facts.map(({ name, value }) => (
          <Pair key={name} name={name} value={value} />
        ))}
      </dl>
    </div>
  )
}

function Pair({ name, value }: Fact) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  )
}
