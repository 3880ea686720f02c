import { CopyButton } from './CopyButton.tsx'

type Props = { readonly label: string; readonly text: string; readonly children?: string }

/** Something the node tells once, such as a link: to be copied now. */
export function ShownOnce({ label, text, children }: Props) {
  return (
    <div className="once" role="status">
      <p>
        <b>{label}</b> {children}
      </p>
      <pre>
        <code>{text}</code>
      </pre>
      <p className="acts">
        <CopyButton text={text} />
      </p>
    </div>
  )
}
