import { type ComponentProps, type ReactNode, useId } from 'react'
import { useShell } from '../shell/context.ts'
import { useRefused } from './ActForm.tsx'

type Named = {
  readonly name: string
  readonly label: string
  readonly hint?: string | undefined
}

/** A labelled input; what the node refused is marked and said. */
export function Field({ name, label, hint, ...input }: Named & ComponentProps<'input'>) {
  const told = useTold(name, hint)
  return (
    <div className="f">
      <label htmlFor={told.id}>{label}</label>
      {told.hint}
      <input {...input} {...told.input} name={name} />
    </div>
  )
}

/** A labelled choice of one. */
export function Choice({
  name,
  label,
  hint,
  children,
  ...select
}: Named & ComponentProps<'select'>) {
  const told = useTold(name, hint)
  return (
    <div className="f">
      <label htmlFor={told.id}>{label}</label>
      {told.hint}
      <select {...select} {...told.input} name={name}>
        {children}
      </select>
    </div>
  )
}

function useTold(name: string, hint: string | undefined) {
  const { t } = useShell()
  const id = useId()
  const refused = useRefused(name)
  const said: ReactNode = (hint || refused) && (
    <span id={`${id}-hint`} className={refused ? 'hint late' : 'hint'}>
      {refused && `${t('form.refused')} `}
      {hint}
    </span>
  )
  const input = {
    id,
    'aria-invalid': refused || undefined,
    'aria-describedby': said ? `${id}-hint` : undefined,
  }
  return { id, hint: said, input }
}
