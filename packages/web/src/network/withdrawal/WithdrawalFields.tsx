import { WithdrawalClass } from '@tocsin/domain/withdrawal.ts'
import { BigChoice } from '../../docket/BigChoice.tsx'
import { LongField } from '../../docket/LongField.tsx'
import { textOf } from '../../identity/ActForm.tsx'
import { useShell } from '../../shell/context.ts'

/** Of which kind a withdrawal is, and the reason that stays here. */
export function WithdrawalFields() {
  const { t } = useShell()
  return (
    <>
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
    </>
  )
}

/** What was said in these fields. */
export const withdrawalIn = (fields: FormData) => ({
  class: WithdrawalClass.parse(textOf(fields, 'class')),
  reason: textOf(fields, 'reason'),
})
