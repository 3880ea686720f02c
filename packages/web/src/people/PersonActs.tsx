import { endPerson, recoverAccount, signOutPerson } from '@tocsin/api/people.ts'
import type { Person } from '@tocsin/domain/people.ts'
import { SureButton } from '../identity/ActButton.tsx'
import { useShell } from '../shell/context.ts'
import type { Outcome } from './OutcomeNote.tsx'

type Props = {
  readonly person: Person
  /** Who has none is not signed out and gets nothing back. */
  readonly hasAccount: boolean
  readonly onOutcome?: (outcome: Outcome) => void
}

/** What an administrator may do about somebody's account; each says first what it does. */
export function PersonActs({ person: { id, name }, hasAccount, onOutcome }: Props) {
  const { t, client } = useShell()
  const params = { person: id }
  const signOut = async () => {
    await client(signOutPerson, { params })
  }
  const recover = async () => onOutcome?.(await client(recoverAccount, { params }))
  const end = async () => {
    await client(endPerson, { params })
  }
  const acts = [
    ...(hasAccount
      ? ([
          { key: 'sign-out', deed: signOut },
          { key: 'recover', deed: recover },
        ] as const)
      : []),
    { key: 'end', deed: end },
  ] as const
  return acts.map(({ key, deed }) => (
    <SureButton
      key={key}
      act={t(`people.${key}`)}
      warning={t(`people.${key}-warning`, { name })}
      about={name}
      deed={deed}
    >
      {t(`people.${key}`)}
    </SureButton>
  ))
}
