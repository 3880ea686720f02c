import type { OrganisationId } from '@tocsin/domain/brand.ts'
import type { Putting } from '@tocsin/domain/deciding.ts'
import { MajorityOf, Method } from '@tocsin/domain/proposal.ts'
import { textOf } from '../identity/ActForm.tsx'
import { instantIn } from './proposal.ts'

/* The rule by which a proposal is decided, as somebody chose it in the form that puts it. */

const DAY_MS = 86_400_000

export type Kind = Method['kind']
export const kinds: readonly Kind[] = Method.options.map(({ shape }) => shape.kind.value)

/** A rule of that kind with its particulars as they are chosen. */
export const asChosen = (kind: Kind, of: MajorityOf, atLeast: number, parts: number): Method => {
  switch (kind) {
    case 'simple-majority':
    case 'two-thirds':
      return { kind, of }
    case 'weighted':
      return { kind, of, share: { atLeast, of: parts } }
    case 'silence':
      return { kind, minimumMs: DAY_MS, extensionMs: 0 }
    default:
      return { kind }
  }
}

/** Why somebody in the room takes no part; those whom the matter concerns are out of it already. */
export const recusalReasons = ['own-request', 'conflict-of-interest'] as const

type Rule = Pick<
  Putting,
  'method' | 'quorum' | 'opensAt' | 'closesAt' | 'isSealed' | 'mayChange' | 'weights' | 'recused'
>

/** The rule as it was chosen; what is not asked for under it is as if nothing was chosen. */
export function ruleIn(fields: FormData): Rule {
  const number = (name: string) => Number(textOf(fields, name))
  const isSet = (name: string) => fields.get(name) === 'on'
  const kind = textOf(fields, 'method') as Kind
  const about = (prefix: string) =>
    [...fields].flatMap(([name, value]) =>
      name.startsWith(prefix) && value !== ''
        ? [{ organisation: name.slice(prefix.length) as OrganisationId, value: String(value) }]
        : [],
    )
  const closesAt = instantIn(fields, 'closesAt')
  if (kind === 'silence') {
    const hours = { minimumHours: number('minimumHours'), extensionHours: number('extensionHours') }
    const open = { isSealed: false, mayChange: true, weights: [], recused: [] }
    return { method: { kind, ...hours }, quorum: 1, opensAt: null, closesAt, ...open }
  }
  const of = MajorityOf.catch('voting').parse(fields.get('of'))
  const method = asChosen(kind, of, number('atLeast'), number('parts'))
  return {
    method: method as Exclude<Rule['method'], { kind: 'silence' }>,
    quorum: number('quorum'),
    opensAt: textOf(fields, 'opensAt') === '' ? null : instantIn(fields, 'opensAt'),
    closesAt,
    isSealed: isSet('isSealed'),
    mayChange: isSet('mayChange'),
    weights: about('weight-').map(({ organisation, value }) => ({
      organisation,
      weight: Number(value),
    })),
    recused: about('recuse-').map(({ organisation, value }) => ({
      organisation,
      reason: value as (typeof recusalReasons)[number],
    })),
  }
}
