import type { Output } from '@tocsin/api/route.ts'
import type { listWithdrawals, whoMustErase } from '@tocsin/api/withdrawal.ts'
import type { ObjectId } from '@tocsin/domain/withdrawal.ts'
import { StepUp } from '../../identity/StepUp.tsx'
import { useShell } from '../../shell/context.ts'
import { Masthead } from '../../shell/Masthead.tsx'
import { WithdrawalsPart } from './WithdrawalsPart.tsx'
import { WithdrawPart } from './WithdrawPart.tsx'

type Props = Output<typeof listWithdrawals> & {
  /** What is about to be taken back, and who would have to erase it. */
  readonly asked: (Output<typeof whoMustErase> & { readonly object: ObjectId }) | undefined
}

/** What the organisation took back; with an object named in the address, the form that takes it back. */
export function WithdrawalsPage({ total, withdrawals, asked }: Props) {
  const { t } = useShell()
  return (
    <StepUp>
      <Masthead
        path={<a href="/docket">{t('clocks.path')}</a>}
        title={t('withdrawal.title')}
        lede={t('withdrawal.before-sharing')}
        marking="TLP:AMBER+STRICT"
        facts={[{ name: t('withdrawal.title'), value: String(total) }]}
      />
      {asked && (
        <section className="sec">
          <div className="h">
            <h2>
              {t('withdrawal.act')} <bdi>{asked.object}</bdi>
            </h2>
          </div>
          <WithdrawPart {...asked} />
        </section>
      )}
      <WithdrawalsPart withdrawals={withdrawals} />
    </StepUp>
  )
}
