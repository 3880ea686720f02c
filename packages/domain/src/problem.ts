import { z } from 'zod'

/**
 * Everything that can go wrong on purpose. One row per problem; the key is the wire code, the
 * translation key and the test's assertion, so it never changes once released.
 */
export const problems = {
  'request.invalid': 400,
  'request.too-large': 413,
  'request.not-found': 404,
  'request.too-many': 429,
  'request.foreign-origin': 403,
  unexpected: 500,
  'session.required': 401,
  'permission.denied': 403,
  'database.newer': 500,
  'database.altered': 500,
  'country.not-found': 404,
  'edition.not-found': 404,
  'edition.no-such-country': 404,
  'node.platform-unknown': 500,
  'node.database-missing': 500,
  'node.database-not-made': 500,
  'node.database-not-started': 500,
  'node.root-refused': 500,
  'node.home-read-only': 500,
  'node.disk-full': 500,
  'node.port-in-use': 500,
  'node.running-already': 500,
} as const satisfies Record<string, number>

export type ProblemCode = keyof typeof problems
export const ProblemCode = z.enum(Object.keys(problems) as [ProblemCode, ...ProblemCode[]])

/** What was wrong with one part of the input: where, and the reason in words or as a code. */
export const ProblemDetails = z.record(z.string(), z.json())
export type ProblemDetails = z.infer<typeof ProblemDetails>

export class Problem extends Error {
  override readonly name = 'Problem'
  readonly code: ProblemCode
  readonly details: ProblemDetails

  constructor(code: ProblemCode, details: ProblemDetails = {}, options?: ErrorOptions) {
    super(`${code} ${JSON.stringify(details)}`, options)
    this.code = code
    this.details = details
  }

  get status(): number {
    return problems[this.code]
  }
}
