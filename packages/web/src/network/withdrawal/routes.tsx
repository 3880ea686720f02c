import type { AnyRoute } from '@tanstack/react-router'
import { listWithdrawals, whoMustErase } from '@tocsin/api/withdrawal.ts'
import { ObjectId } from '@tocsin/domain/withdrawal.ts'
import { page } from '../../shell/page.tsx'

export const withdrawalRoutes = (root: AnyRoute) => [
  page(root, {
    path: '/network/withdrawals',
    needs: ['object'],
    ask: async ({ client }, { search }) => {
      const { data: object } = ObjectId.safeParse(search['object'])
      const list = await client(listWithdrawals, { query: { limit: 50, offset: 0 } })
      const isDone = list.withdrawals.some((one) => one.object === object)
      const asked =
        object === undefined || isDone
          ? undefined
          : { object, ...(await client(whoMustErase, { query: { object } })) }
      return { ...list, asked, ...(await import('./WithdrawalsPage.tsx')) }
    },
    draw: ({ WithdrawalsPage, ...answer }) => <WithdrawalsPage {...answer} />,
  }),
]
