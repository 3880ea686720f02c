import type { Output } from '@tocsin/api/route.ts'
import { type whoMustErase, withdrawRecord } from '@tocsin/api/withdrawal.ts'
import { type ObjectId, WithdrawalClass } from '@tocsin/domain/withdrawal.ts'
import { BigChoice } from '../../docket/BigChoice.tsx'
import { LongField } from '../../docket/LongField.tsx'
import { ActForm, textOf } from '../../identity/ActForm.tsx'
import { useShell } from '../../shell/context.ts'
import { setApart } from '../../shell/format.ts'

type Props = Output<typeof whoMustErase> & { readonly object: ObjectId }

/** Takes one thing back that the organisation shared: why, who must erase it, and what cannot be promised. */
export function WithdrawPart({ object, readers }: Props) {
  const { t, client } = useShell()
  const withdraw = async (fields: FormData) => {
    const body = {
      object,
      class: WithdrawalClass.parse(textOf(fields, 'class')),
      reason: textOf(fields, 'reason'),
    }
    await client(withdrawRecord, { body })
  }
  const names = readers.map(({ name }) => setApart(name)).join(', ')
  return (
    <ActForm submit={t('withdrawal.act')} isMain deed={withdraw}>
      <p>{readers.length > 0 ? t('withdrawal.who-erases', { names }) : t('withdrawal.nobody')}</p>
      <BigChoice
        name="class"
        legend={t('withdrawal.class')}
        options={WithdrawalClass.options.map((value) => ({
          value,
          says: t(`withdrawal.class-${value}`),
        }))}
      />
      <LongField
        name="reason"
        label={t('withdrawal.reason')}
        hint={t('withdrawal.reason-hint')}
        rows={3}
        required
      />
      <p>{t('withdrawal.limit')}</p>
    </ActForm>
  )
}
