import type { listOrgans } from '@tocsin/api/agendas.ts'
import type { BodyLine } from '@tocsin/api/bodies.ts'
import type { Output } from '@tocsin/api/route.ts'
import type { Office } from '@tocsin/api/warnings.ts'
import { hasRole } from '@tocsin/domain/actor.ts'
import { StepUp } from '../identity/StepUp.tsx'
import { useActor } from '../identity/self.ts'
import { addressTo, type Search } from '../shell/address.ts'
import { useShell } from '../shell/context.ts'
import { formatInstant } from '../shell/format.ts'
import { Masthead } from '../shell/Masthead.tsx'
import { OrganForm } from './OrganForm.tsx'

type Props = {
  readonly found: Output<typeof listOrgans>
  /** To choose from, where the form is open. */
  readonly offices: readonly Office[]
  readonly bodies: readonly BodyLine[]
  readonly search: Search
}

/** The organs that keep an agenda here, and what waits on each. */
export function OrgansPage({ found, offices, bodies, search }: Props) {
  const { t, locale } = useShell()
  const { asOf, organs } = found
  const maySetUp = hasRole(useActor(), 'focal-point')
  const sum = (count: (organ: (typeof organs)[number]) => number) =>
    organs.reduce((all, organ) => all + count(organ), 0)
  return (
    <StepUp>
      <Masthead
        path={<a href="/consultations">{t('sections.consultations')}</a>}
        title={t('agenda.organs')}
        lede={t('agenda.organs-lede')}
        marking="TLP:AMBER+STRICT"
        facts={[
          { name: t('agenda.open'), value: sum(({ open }) => open) },
          { name: t('agenda.overdue'), value: sum(({ overdue }) => overdue) },
          { name: t('matter.as-of'), value: formatInstant(locale, asOf) },
        ]}
      />
      {maySetUp && (
        <p className="acts noprint">
          <a className="b" href={addressTo('/agendas', { act: 'set-up' })} data-stay>
            {t('agenda.set-up')}
          </a>
        </p>
      )}
      {maySetUp && search['act'] === 'set-up' && (
        <section className="sec sign noprint" aria-labelledby="act">
          <div className="h">
            <h2 id="act">{t('agenda.set-up')}</h2>
            <a className="more" href="/agendas" data-stay>
              {t('form.cancel')}
            </a>
          </div>
          <p className="src">{t('agenda.set-up-hint')}</p>
          <OrganForm offices={offices} bodies={bodies} />
        </section>
      )}
      {organs.length === 0 && <p className="sec">{t('agenda.organs-none')}</p>}
      <ul className="list agenda">
        {organs.map((organ) => (
          <li key={organ.id} className={organ.overdue > 0 ? 'late-edge' : undefined}>
            <div>
              <h2>
                <a href={`/agendas/${organ.id}`} dir="auto">
                  {organ.name}
                </a>
              </h2>
              <p className="two sm">
                <bdi>
                  {t('agenda.of-organisation', {
                    organisation: organ.organisationName,
                    office: organ.officeName,
                  })}
                </bdi>
              </p>
              <p className="sm">
                <a href={`/agendas/${organ.id}/rules`}>
                  {t('agenda.count', { what: t('agenda.rules-in-force'), n: organ.rules })}
                </a>
              </p>
            </div>
            <div className="st counts">
              {organ.overdue > 0 && (
                <span className="chip late">
                  {t('agenda.count', { what: t('agenda.overdue'), n: organ.overdue })}
                </span>
              )}
              <span className="chip">
                {t('agenda.count', { what: t('agenda.open'), n: organ.open })}
              </span>
              {organ.deferred > 0 && (
                <span className="chip hold">
                  {t('agenda.count', { what: t('agenda.deferred'), n: organ.deferred })}
                </span>
              )}
            </div>
          </li>
        ))}
      </ul>
    </StepUp>
  )
}
