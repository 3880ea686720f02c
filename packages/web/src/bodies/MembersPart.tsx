import type { Member } from '@tocsin/api/bodies.ts'
import type { Day } from '@tocsin/domain/brand.ts'
import {
  type Membership,
  type Standing,
  Standing as Standings,
} from '@tocsin/domain/regional-body.ts'
import { useShell } from '../shell/context.ts'
import { formatDay } from '../shell/format.ts'
import type { OpenedBody } from './BodyPage.tsx'

const rank = (standing: Standing): number => Standings.options.indexOf(standing)

/** Every State that ever belonged, those that belong on the day first, each with all its dates. */
export function MembersPart({ opened }: { readonly opened: OpenedBody }) {
  const { t, locale } = useShell()
  const { body, day, members } = opened
  const collator = new Intl.Collator(locale)
  const nameOf = ({ names, state }: Member) => names[locale] ?? state
  const ordered = members.toSorted(
    (a, b) => rank(a.standing) - rank(b.standing) || collator.compare(nameOf(a), nameOf(b)),
  )
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must take the keyboard
    <section className="scroll" tabIndex={0} aria-label={t('body.members')}>
      <table className="tb wide">
        <thead>
          <tr>
            <th scope="col">{t('body.state')}</th>
            <th scope="col">{t('body.standing', { day: formatDay(locale, day) })}</th>
            <th scope="col">{t('body.since')}</th>
            <th scope="col">{t('body.suspensions')}</th>
            <th scope="col">{t('body.source')}</th>
          </tr>
        </thead>
        <tbody>
          {ordered.map((member) => (
            <tr key={member.state}>
              <th scope="row">
                {body.isFictional ? (
                  nameOf(member)
                ) : (
                  <a href={`/country/${member.state}`}>{nameOf(member)}</a>
                )}
              </th>
              <td className={member.standing === 'member' ? undefined : 'hold'}>
                {t(`standing.${member.standing}`)}
              </td>
              <td>
                <Spells memberships={member.memberships} />
              </td>
              <td>
                <Suspensions member={member} body={body} />
              </td>
              <td>
                <Sources memberships={member.memberships} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

type SpellsProps = { readonly memberships: readonly Membership[] }

function Spells({ memberships }: SpellsProps) {
  const { t, locale } = useShell()
  return memberships.map(({ fromDay, byDay, untilDay }) => (
    <span key={byDay} className="block">
      {fromDay === null
        ? t('body.from-unknown', { by: formatDay(locale, byDay) })
        : t('body.from', { from: formatDay(locale, fromDay) })}
      {untilDay !== null && `; ${t('body.until', { until: formatDay(locale, untilDay) })}`}
    </span>
  ))
}

function Sources({ memberships }: SpellsProps) {
  const { t } = useShell()
  const sources = [...new Set(memberships.map(({ source }) => source))]
  const isVerified = memberships.every(({ verified }) => verified)
  return (
    <>
      {sources.map((source) => t(`membership-source.${source}`)).join('; ')}
      {!isVerified && <small className="block mute">{t('bodies.not-verified')}</small>}
    </>
  )
}

type SuspensionsProps = { readonly member: Member; readonly body: OpenedBody['body'] }

function Suspensions({ member, body }: SuspensionsProps) {
  const { t, locale } = useShell()
  const spell = (fromDay: Day, untilDay: Day | null) =>
    untilDay === null
      ? t('body.from', { from: formatDay(locale, fromDay) })
      : t('body.spell', {
          from: formatDay(locale, fromDay),
          until: formatDay(locale, untilDay),
        })
  if (member.suspensions.length === 0) {
    return <span className="mute">{t('body.no-suspension')}</span>
  }
  return member.suspensions.map(({ fromDay, untilDay, decidedBy, symbol }) => {
    const organ = body.organs.find(({ code }) => code === decidedBy)?.names[locale] ?? decidedBy
    return (
      <span key={fromDay} className="block">
        {spell(fromDay, untilDay)}
        {'; '}
        {t('body.decided-by', { organ })}
        {symbol && ` (${symbol})`}
      </span>
    )
  })
}
