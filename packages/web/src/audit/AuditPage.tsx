import { exportAudit, type listAudit, type verifyAudit } from '@tocsin/api/audit.ts'
import { addressOf } from '@tocsin/api/client.ts'
import type { Output } from '@tocsin/api/route.ts'
import { mayOperateNode } from '@tocsin/domain/actor.ts'
import { useActor } from '../identity/self.ts'
import { addressTo, type Search } from '../shell/address.ts'
import { useShell } from '../shell/context.ts'
import { Masthead } from '../shell/Masthead.tsx'
import { AuditFilters } from './AuditFilters.tsx'
import { AuditTable } from './AuditTable.tsx'
import { filtersIn } from './filters.ts'

type Props = {
  readonly log: Output<typeof listAudit>
  /** Only where the whole chain was just checked. */
  readonly check: Output<typeof verifyAudit> | undefined
  readonly search: Search
}

/** The audit log: who did what and when, the latest first, and whether its chain holds. */
export function AuditPage({ log, check, search }: Props) {
  const { t } = useShell()
  const isAdministrator = mayOperateNode(useActor())
  const { before: _, check: __, ...filters } = search
  return (
    <>
      <Masthead
        path={t('sign-in.path')}
        title={t('audit.title')}
        lede={t(isAdministrator ? 'audit.lede' : 'audit.lede-own')}
        marking="TLP:AMBER+STRICT"
        facts={[]}
      />
      <AuditFilters entries={log.entries} search={search} />
      {check && <Check {...check} />}
      {log.entries.length === 0 && (
        <p className="sec">
          {t('audit.none')} <a href="/audit">{t('audit.all')}</a>
        </p>
      )}
      {log.entries.length > 0 && <AuditTable entries={log.entries} search={filters} />}
      <p className="acts noprint">
        {search['before'] && (
          <a className="b" href={addressTo('/audit', filters)}>
            {t('audit.latest')}
          </a>
        )}
        {log.before !== null && (
          <a className="b" href={addressTo('/audit', { ...filters, before: String(log.before) })}>
            {t('audit.older')}
          </a>
        )}
        <a className="b" href={addressOf(exportAudit, { query: filtersIn(search) })} download>
          {t('audit.export')}
        </a>
        {isAdministrator && (
          <a className="b" href={addressTo('/audit', { ...filters, check: '1' })} data-stay>
            {t('audit.check')}
          </a>
        )}
      </p>
      <p className="src">{t('audit.export-hint')}</p>
    </>
  )
}

function Check({ entries, fault }: Output<typeof verifyAudit>) {
  const { t } = useShell()
  if (fault) {
    const { seq } = fault
    return (
      <p className="fault" role="alert">
        {t(`audit.fault-${fault.fault}`, { seq: String(seq) })} {t('audit.fault-next')}
      </p>
    )
  }
  return (
    <p className="said" role="status">
      {t('audit.holds', { n: entries })}
    </p>
  )
}
