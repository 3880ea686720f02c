import type { Body, Organ, Procedure } from '@tocsin/domain/regional-body.ts'
import { useShell } from '../shell/context.ts'
import { formatList } from '../shell/format.ts'
import { wordsOfAll } from './citation.ts'

const columns = ['organ', 'way-in', 'can', 'callers', 'rule', 'basis'] as const

export const PROCEDURE_COLUMNS = columns.length

export function ProcedureHead() {
  const { t } = useShell()
  return (
    <thead>
      <tr>
        {columns.map((column) => (
          <th key={column} scope="col">
            {t(`body.${column}`)}
          </th>
        ))}
      </tr>
    </thead>
  )
}

type Props = {
  readonly organs: readonly Organ[]
  readonly procedures: readonly Procedure[]
}

/** One row for each procedure, under the name of its organ; each says that nobody verified it. */
export function ProcedureRows({ organs, procedures }: Props) {
  const shell = useShell()
  const { t, locale } = shell
  return organs.flatMap((organ) =>
    procedures
      .filter((procedure) => procedure.organ === organ.code)
      .map((procedure, index, { length }) => (
        <tr key={`${organ.code} ${procedure.kind}`}>
          {index === 0 && (
            <th scope="rowgroup" rowSpan={length}>
              {organ.names[locale]}
            </th>
          )}
          <td data-name={t('body.way-in')}>
            <b>{t(`procedure.${procedure.kind}`)}</b>
            {procedure.reach === 'others' && (
              <small className="block mute">{t('body.reach-others')}</small>
            )}
          </td>
          <td data-name={t('body.can')}>
            {formatList(
              locale,
              procedure.can.map((one) => t(`ability.${one}`)),
              'conjunction',
            )}
          </td>
          <td data-name={t('body.callers')}>
            {formatList(
              locale,
              procedure.callers.map((one) => t(`caller.${one}`)),
              'disjunction',
            )}
          </td>
          <td data-name={t('body.rule')}>{t(`decision-rule.${procedure.rule}`)}</td>
          <td data-name={t('body.basis')}>
            {wordsOfAll(shell, procedure.basis).map((words) => (
              <span key={words} className="block">
                {words}
              </span>
            ))}
            {!procedure.verified && (
              <small className="block mute">{t('bodies.not-verified')}</small>
            )}
          </td>
        </tr>
      )),
  )
}

/** The names of bodies with the way to each. */
export function BodyLinks({
  bodies,
}: {
  readonly bodies: readonly Pick<Body, 'code' | 'names'>[]
}) {
  const { locale } = useShell()
  return bodies.map(({ code, names }, index) => (
    <span key={code}>
      {index > 0 && ', '}
      <a href={`/bodies/${code}`}>{names[locale]}</a>
    </span>
  ))
}
