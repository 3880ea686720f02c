import type { Output } from '@tocsin/api/route.ts'
import { type whoMustErase, withdrawRecord } from '@tocsin/api/withdrawal.ts'
import type { ObjectId } from '@tocsin/domain/withdrawal.ts'
import { ActForm } from '../../identity/ActForm.tsx'
import { useShell } from '../../shell/context.ts'
import { setApart } from '../../shell/format.ts'
import { WithdrawalFields, withdrawalIn } from './WithdrawalFields.tsx'

type Props = Output<typeof whoMustErase> & { readonly object: ObjectId }

/** Takes one thing back that the organisation shared: why, who must erase it, and what cannot be promised. */
export function WithdrawPart({ object, readers }: Props) {
  const { t, client } = useShell()
  const withdraw = async (fields: FormData) => {
    await client(withdrawRecord, { body: { object, ...withdrawalIn(fields) } })
  }
  const names = readers.map(({ name }) => setApart(name)).join(', ')
  return (
    <ActForm submit={t('withdrawal.act')} isMain deed={withdraw}>
      <p>{readers.length > 0 ? t('withdrawal.who-erases', { names }) : t('withdrawal.nobody')}</p>
      <WithdrawalFields />
      <p>{t('withdrawal.limit')}</p>
    </ActForm>
  )
}
