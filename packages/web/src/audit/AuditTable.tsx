import { Time } from '../identity/Time.tsx'
import { addressTo, type Search } from '../shell/address.ts'
import { useShell } from '../shell/context.ts'
import { actOf, actorOf, type Entry, personOf } from './entries.ts'

type Props = { readonly entries: readonly Entry[]; readonly search: Search }

/** A page of the log, an entry a row; what an entry holds besides, and its hash, opens in the row. */
export function AuditTable({ entries, search }: Props) {
  const shell = useShell()
  const { t } = shell
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must take the keyboard
    <section className="scroll" tabIndex={0} aria-label={t('audit.title')}>
      <table className="tb log">
        <thead>
          <tr>
            <th scope="col" className="n">
              {t('audit.number')}
            </th>
            <th scope="col">{t('audit.when')}</th>
            <th scope="col">{t('audit.actor')}</th>
            <th scope="col">{t('audit.act')}</th>
            <th scope="col">{t('audit.entry')}</th>
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => {
            const person = personOf(entry)
            return (
              <tr key={entry.seq}>
                <td className="n">{entry.seq}</td>
                <td className="nw">
                  <Time at={entry.at} />
                </td>
                <td>
                  {person ? (
                    <a href={addressTo('/audit', { ...search, person })}>{actorOf(shell, entry)}</a>
                  ) : (
                    actorOf(shell, entry)
                  )}
                </td>
                <td>{actOf(shell, entry)}</td>
                <td>
                  <Whole entry={entry} />
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </section>
  )
}

/** The entry as it is hashed: codes and values are never translated. */
function Whole({ entry }: { readonly entry: Entry }) {
  const { t } = useShell()
  const { seq, act, subject, details, hash } = entry
  const values = Object.entries(details).map(([name, value]) => [name, asText(value)] as const)
  return (
    <details>
      <summary>
        {t('audit.open-entry')} <span className="vh">{seq}</span>
      </summary>
      <dl className="facts" dir="ltr">
        {[['act', act], ['subject', subject], ...values, ['sha256', hash]].map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <code>{value}</code>
            </dd>
          </div>
        ))}
      </dl>
    </details>
  )
}

const asText = (value: unknown): string =>
  typeof value === 'string' ? value : JSON.stringify(value)
