import type { listAgendasOf } from '@tocsin/api/agendas.ts'
import type { Output } from '@tocsin/api/route.ts'
import { useShell } from '../shell/context.ts'
import { Grounds, ReasonsAsked, Standing } from './AgendaItem.tsx'

/** On which agendas the matter stands and why, on the page of the matter. */
export function AgendasPart({ agendas }: { readonly agendas: Output<typeof listAgendasOf> }) {
  const { t } = useShell()
  const { items, asOf } = agendas
  return (
    <section className={items.length === 0 ? 'noprint' : undefined}>
      <div className="h">
        <h3>{t('agenda.of-matter')}</h3>
        <a className="more" href="/agendas">
          {t('agenda.organs')}
        </a>
      </div>
      {items.length === 0 && <p className="two">{t('agenda.of-matter-none')}</p>}
      <ul className="list agenda">
        {items.map((item) => (
          <li key={item.id}>
            <div>
              <a href={`/agendas/${item.organ}#${item.id}`} dir="auto">
                {item.organName}
              </a>
              <Grounds item={item} />
              <ReasonsAsked item={item} />
            </div>
            <Standing item={item} asOf={asOf} />
          </li>
        ))}
      </ul>
    </section>
  )
}
