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
  'session.wrong-credentials': 401,
  'session.step-up-required': 403,
  'session.not-found': 404,
  'identity.ceremony-over': 400,
  'identity.passkey-refused': 400,
  'identity.passkey-known': 409,
  'identity.password-short': 400,
  'identity.password-weak': 400,
  'identity.wrong-code': 400,
  'identity.last-credential': 409,
  'identity.provider-not-found': 404,
  'identity.provider-failed': 502,
  'identity.outside-unknown': 403,
  'identity.outside-linked': 409,
  'identity.not-found': 404,
  'invitation.not-valid': 404,
  'people.sign-in-name-taken': 409,
  'people.not-found': 404,
  'people.last-administrator': 409,
  'organisation.not-found': 404,
  'post.not-found': 404,
  'post.held': 409,
  'holding.not-found': 404,
  'approval.not-found': 404,
  'approval.own': 403,
  'approval.same-credential': 403,
  'approval.closed': 409,
  'approval.other-act': 409,
  'approval.out-of-role': 403,
  'database.newer': 500,
  'database.altered': 500,
  'country.not-found': 404,
  'risk.no-folder': 404,
  'risk.no-predictors': 422,
  'risk.bad-row': 422,
  'risk.not-utf8': 422,
  'risk.other-input': 409,
  'risk.unknown-file': 422,
  'risk.no-data': 400,
  'risk.unused-file': 422,
  'risk.input-not-kept': 404,
  'source.empty': 422,
  'source.not-utf8': 422,
  'source.line-too-long': 422,
  'source.cut-off': 422,
  'source.not-json': 422,
  'source.damaged': 422,
  'source.archive-without-data': 422,
  'source.archive-many': 422,
  'source.unpacks-too-large': 422,
  'source.not-recognised': 422,
  'source.wrong-columns': 422,
  'source.no-rows': 422,
  'fetch.unknown-name': 404,
  'fetch.register': 409,
  'fetch.token-needed': 401,
  'fetch.token-refused': 403,
  'fetch.not-found': 404,
  'fetch.busy': 503,
  'fetch.unreachable': 503,
  'fetch.stalled': 504,
  'fetch.cut-off': 502,
  'fetch.bad-answer': 502,
  'fetch.other-host': 502,
  'source.no-file': 404,
  'source.no-rights': 403,
  'source.interrupted': 500,
  'source.import-running': 409,
  'source.import-not-found': 404,
  'source.vintage-not-found': 404,
  'node.not-running': 503,
  'edition.not-found': 404,
  'edition.no-such-country': 404,
  'edition.exists': 409,
  'edition.altered': 500,
  'edition.only-published': 422,
  'node.platform-unknown': 500,
  'node.database-missing': 500,
  'node.database-not-made': 500,
  'node.database-not-started': 500,
  'node.root-refused': 500,
  'node.home-read-only': 500,
  'node.disk-full': 500,
  'node.port-in-use': 500,
  'node.running-already': 500,
  'node.bad-setting': 500,
  'node.address-refused': 500,
  'node.password-lost': 500,
  'node.database-unreachable': 500,
  'node.database-refused': 500,
  'node.database-too-old': 500,
  'node.database-no-rights': 500,
  'audit.no-file': 404,
  'audit.not-a-log': 422,
  'backup.exists': 409,
  'backup.no-file': 404,
  'backup.not-a-backup': 422,
  'backup.damaged': 422,
  'backup.newer': 422,
  'backup.not-empty': 409,
  'backup.in-use': 409,
  'backup.not-written': 500,
  'backup.nothing': 404,
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
