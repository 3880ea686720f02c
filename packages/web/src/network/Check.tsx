type Props = {
  readonly name: string
  readonly label: string
  readonly isSet?: boolean | undefined
}

/** A box to tick, with its words. */
export const Check = ({ name, label, isSet }: Props) => (
  <label className="check">
    <input type="checkbox" name={name} defaultChecked={isSet} />
    {label}
  </label>
)
