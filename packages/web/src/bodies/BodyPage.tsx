import type { getBody } from '@tocsin/api/bodies.ts'
import type { Output } from '@tocsin/api/route.ts'
import { belongs } from '@tocsin/domain/regional-body.ts'
import { useShell } from '../shell/context.ts'
import { formatDay } from '../shell/format.ts'
import { Masthead } from '../shell/Masthead.tsx'
import { SourceNotes } from '../shell/SourceNote.tsx'
import { wordsOf } from './citation.ts'
import { DayForm } from './DayForm.tsx'
import { MembersPart } from './MembersPart.tsx'
import { ProcedureHead, ProcedureRows } from './ProcedureRows.tsx'

export type OpenedBody = Output<typeof getBody>

/** One body: what it can do about a matter, on which basis, and who belonged to it on the day. */
export function BodyPage({ opened }: { readonly opened: OpenedBody }) {
  const shell = useShell()
  const { t, locale } = shell
  const { body, day, source, members } = opened
  const isUniversal = body.region === 'universal'
  return (
    <>
      <Masthead
        path={
          <>
            <a href="/world">{t('app.world')}</a>
            {' / '}
            <a href="/bodies">{t('bodies.title')}</a>
          </>
        }
        title={body.names[locale] ?? body.code}
        lede={
          <>
            {t('body.founding', { instrument: wordsOf(shell, body.founding) })}
            {body.isFictional && <b> {t('bodies.fictional')}</b>}
          </>
        }
        symbol={`TCN/BOD/${body.code}`}
        facts={[
          { name: t('bodies.day'), value: formatDay(locale, day) },
          {
            name: t('bodies.col-members'),
            value: isUniversal ? t('bodies.any-state') : members.filter(belongs).length,
          },
        ]}
      />
      <Procedures opened={opened} />
      <section className="sec">
        <div className="h">
          <h2>{t('body.suspension')}</h2>
        </div>
        <p className="md">
          {t(`body.effect-${body.suspension.effect}`)}
          {body.suspension.basis && (
            <span className="mute"> {wordsOf(shell, body.suspension.basis)}</span>
          )}{' '}
          <small className="mute">{t('bodies.not-verified')}</small>
        </p>
      </section>
      <section className="sec">
        <div className="h">
          <h2>{t('body.members')}</h2>
        </div>
        {isUniversal ? (
          <p className="md">{t('body.universal')}</p>
        ) : (
          <>
            <DayForm action={`/bodies/${body.code}`} day={day} />
            <MembersPart opened={opened} />
          </>
        )}
        <p className="src">{t('bodies.as-of', { day: formatDay(locale, source.asOf) })}</p>
        <SourceNotes held={{ source, earlier: [] }} />
      </section>
    </>
  )
}

function Procedures({ opened: { body } }: { readonly opened: OpenedBody }) {
  const shell = useShell()
  const { t, locale } = shell
  const without = body.organs.filter(
    ({ code }) => !body.procedures.some(({ organ }) => organ === code),
  )
  return (
    <section className="sec">
      <div className="h">
        <h2>{t('body.procedures')}</h2>
      </div>
      {body.procedures.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must take the keyboard
        <section className="scroll" tabIndex={0} aria-label={t('body.procedures')}>
          <table className="tb wide doors" data-table-twin>
            <ProcedureHead />
            <tbody>
              <ProcedureRows organs={body.organs} procedures={body.procedures} />
            </tbody>
          </table>
        </section>
      )}
      {without.map((organ) => (
        <p key={organ.code} className="md">
          <b>{organ.names[locale]}</b>
          {': '}
          {t(`decision-rule.${organ.rule}`)}
          {'. '}
          {t('body.no-procedure')} <span className="mute">{wordsOf(shell, organ.basis)}</span>
        </p>
      ))}
    </section>
  )
}
