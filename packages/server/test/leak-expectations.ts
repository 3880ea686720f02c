import type { PublicArea, Role } from '@tocsin/domain/actor.ts'

/** Everybody who can knock at the node's door. `roleless` had a role once; all were revoked. */
export const callers = [
  'visitor',
  'roleless',
  'reader',
  'analyst',
  'auditor',
  'focal-point',
  'administrator',
  'operator',
] as const satisfies readonly (Role | 'visitor' | 'roleless' | 'operator')[]
export type Caller = (typeof callers)[number]

const all: readonly Caller[] = callers
const people = all.filter((caller) => caller !== 'visitor' && caller !== 'operator')
const somebody = all.filter((caller) => caller !== 'visitor')
const members = all.filter((caller) => caller !== 'visitor' && caller !== 'roleless')
const managers: readonly Caller[] = ['focal-point', 'administrator', 'operator']
const operators: readonly Caller[] = ['administrator', 'operator']
const builders: readonly Caller[] = ['analyst', 'focal-point', 'administrator', 'operator']

export type Expectation = {
  /** Whom the route does not turn away when it is asked for something of another organisation. */
  readonly letIn: readonly Caller[]
  /** Visitors are let in only while this part of the public view is open. */
  readonly open?: PublicArea
  /** What is sent; a name in capitals stands for the other organisation's thing of that name. */
  readonly body?: object
  readonly query?: string
  /** Says on purpose who else can be written to: the names of organisations and their offices. */
  readonly namesOffices?: true
}

const publicly = (open: PublicArea, query?: string): Expectation => ({
  letIn: all,
  open,
  ...(query && { query }),
})

/** Those who work on matters: whoever runs the node is not among them. */
const desk: readonly Caller[] = ['reader', 'analyst', 'focal-point']
const writers: readonly Caller[] = ['analyst', 'focal-point']
const unknownLetter: Expectation = { letIn: all }

/**
 * Every route of the node and who may pass its door. A route that is not listed here fails the
 * test: whoever adds one says for whom it is.
 */
export const expectations: Readonly<Record<string, Expectation>> = {
  'GET /api/approvals': { letIn: members },
  'POST /api/approvals/:approval/approve': { letIn: people, body: { sha256: 'a'.repeat(64) } },
  'POST /api/approvals/:approval/refuse': { letIn: people, body: { reason: 'No' } },
  'POST /api/approvals/:approval/withdraw': { letIn: people },

  'GET /api/audit': { letIn: ['auditor', ...operators], query: 'limit=200' },
  'GET /api/audit/export': { letIn: ['auditor', ...operators] },
  'GET /api/audit/verify': { letIn: operators },

  'GET /api/countries': publicly('risk'),
  'GET /api/countries/:country': publicly('risk'),
  'GET /api/risk/editions': publicly('risk'),
  'GET /api/risk/editions/:edition': publicly('risk'),
  'GET /api/risk/editions/:edition/countries/:country': publicly('risk'),
  'GET /api/risk/editions/:edition/compare/:other': publicly('risk'),
  'GET /api/risk/editions/:edition/export': publicly('risk', 'format=csv'),
  'GET /api/risk/editions/:edition/figures': publicly('risk'),
  'GET /api/risk/scores': publicly('scores'),
  'GET /api/sources': publicly('sources'),
  'PUT /api/sources/imports/:import': { letIn: builders, query: 'name=file.csv' },
  'GET /api/sources/imports/:import': { letIn: builders },
  'DELETE /api/sources/vintages/:vintage': { letIn: builders },
  'PUT /api/risk/inputs': { letIn: builders, query: 'name=file.csv' },
  'GET /api/risk/inputs/:sha256': { letIn: builders },
  'POST /api/risk/editions': { letIn: builders, body: {} },
  'GET /api/risk/builds/:edition': { letIn: builders },
  'POST /api/risk/published': { letIn: builders, body: {} },

  // Nodes of members by their signature, programs by a token that is good for these alone.
  'GET /taxii2/': { letIn: [] },
  'GET /taxii2/network/': { letIn: [] },
  'GET /taxii2/network/status/:status/': { letIn: [] },
  'GET /taxii2/network/collections/': { letIn: [] },
  'GET /taxii2/network/collections/:collection/': { letIn: [] },
  'GET /taxii2/network/collections/:collection/manifest/': { letIn: [] },
  'GET /taxii2/network/collections/:collection/objects/': { letIn: [] },
  'POST /taxii2/network/collections/:collection/objects/': { letIn: [] },
  'GET /taxii2/network/collections/:collection/objects/:object/': { letIn: [] },
  'GET /taxii2/network/collections/:collection/objects/:object/versions/': { letIn: [] },
  'GET /api/network/clients': { letIn: operators },
  'PUT /api/network/clients/:client': { letIn: operators, body: {} },
  'DELETE /api/network/clients/:client': { letIn: operators },

  'GET /api/session': { letIn: all },
  'GET /api/session/ways': { letIn: all },
  'POST /api/session/passkey/start': { letIn: all },
  'POST /api/session/passkey': { letIn: all, body: {} },
  'POST /api/session/password': { letIn: all, body: {} },
  'POST /api/session/providers/:provider': { letIn: all, body: { purpose: 'sign-in' } },
  'GET /api/session/provider-return': { letIn: all, query: 'state=x' },
  'POST /api/session/step-up/start': { letIn: people },
  'POST /api/session/step-up/passkey': { letIn: people, body: {} },
  'POST /api/session/step-up/code': { letIn: people, body: {} },
  'GET /api/sessions': { letIn: people },
  'DELETE /api/sessions/:session': { letIn: people },
  'DELETE /api/session': { letIn: people },
  'DELETE /api/sessions': { letIn: people },

  'GET /api/credentials': { letIn: people },
  'POST /api/credentials/passkeys/start': { letIn: people },
  'POST /api/credentials/passkeys': { letIn: people, body: {} },
  'DELETE /api/credentials/passkeys/:passkey': { letIn: people },
  'POST /api/credentials/fallback/start': { letIn: people },
  'PUT /api/credentials/fallback': { letIn: people, body: {} },
  'DELETE /api/credentials/fallback': { letIn: people },
  'DELETE /api/credentials/outside/:identity': { letIn: people },

  'POST /api/invitations/open': { letIn: all, body: { token: 'a'.repeat(43) } },
  'POST /api/enrolments/start': { letIn: all, body: {} },
  'POST /api/enrolments': { letIn: all, body: {} },
  'GET /api/invitations': { letIn: managers },
  'POST /api/invitations': {
    letIn: operators,
    body: { id: 'NEW', organisation: 'ORGANISATION', post: null, roles: ['reader'] },
  },
  'DELETE /api/invitations/:invitation': { letIn: managers },

  'GET /api/organisations': { letIn: members },
  'GET /api/organisations/:organisation': { letIn: members },
  'POST /api/organisations': { letIn: operators, body: {} },
  'PUT /api/organisations/:organisation': { letIn: operators, body: {} },
  'POST /api/posts': {
    letIn: operators,
    body: { id: 'NEW', organisation: 'ORGANISATION', title: 'Planted' },
  },
  'DELETE /api/posts/:post': { letIn: managers },
  'GET /api/posts/:post/holders': { letIn: members, query: 'day=2026-01-01' },
  'POST /api/holdings': {
    letIn: managers,
    body: {
      id: 'NEW',
      post: 'POST',
      person: 'PERSON',
      capacity: 'acting',
      fromDay: '2026-01-01',
      untilDay: null,
    },
  },
  'PUT /api/holdings/:holding/end': { letIn: managers, body: { untilDay: '2026-01-02' } },

  'POST /api/demonstrations/five-rivers': { letIn: ['operator'] },
  'GET /api/exercises': { letIn: writers },
  'POST /api/exercises': {
    letIn: writers,
    body: { id: 'NEW', matter: 'NEW', source: 'NEW', speed: 10, participants: [] },
  },
  'GET /api/exercises/:exercise': { letIn: writers },
  'PUT /api/exercises/:exercise/state': { letIn: writers, body: { state: 'over' } },

  'GET /api/docket': { letIn: desk },
  'GET /api/docket/due': { letIn: desk },
  'GET /api/docket/calendar': { letIn: desk },
  'GET /api/docket/calendar.ics': { letIn: desk },
  'POST /api/docket/calendar/feed': { letIn: desk, body: {} },
  'DELETE /api/docket/calendar/feed': { letIn: desk },
  'PUT /api/docket/dates/:date': { letIn: writers, body: {} },
  'DELETE /api/docket/dates/:date': { letIn: writers },
  // By the name and password of a feed, which none of the callers has.
  'GET /api/calendar.ics': { letIn: all },
  'GET /api/docket/clocks': { letIn: desk },
  'GET /api/docket/times': { letIn: desk },
  'GET /api/docket/times/export': { letIn: desk },
  // Shut to visitors until two administrators open it.
  'GET /api/public/times': { letIn: [...people, 'operator'] },
  'PUT /api/docket/clocks': { letIn: writers, body: {} },
  'GET /api/docket/organisations': { letIn: writers, namesOffices: true },
  'GET /api/matters': { letIn: desk },
  'GET /api/docket/clocks/overview': { letIn: desk, namesOffices: true },
  'POST /api/matters/:matter/missed-rungs': {
    letIn: writers,
    body: { rungs: ['NEW'], what: 'Planted' },
  },
  'POST /api/matters': { letIn: writers, body: {} },
  'GET /api/matters/:matter': { letIn: desk },
  'GET /api/matters/:matter/entries': { letIn: desk },
  'POST /api/matters/:matter/entries/:seq/corrections': {
    letIn: writers,
    body: { text: 'Planted' },
  },
  'POST /api/matters/:matter/consultations': {
    letIn: writers,
    body: { step: 'held', who: 'Planted', what: 'Planted' },
  },
  'POST /api/matters/:matter/effects': {
    letIn: writers,
    body: { what: 'Planted', asExpected: 'yes' },
  },
  'POST /api/matters/:matter/after-actions': { letIn: writers, body: {} },
  'POST /api/matters/:matter/assessments': {
    letIn: writers,
    body: { level: 2, confidence: 'low', reasons: 'Planted' },
  },
  'POST /api/matters/:matter/actions': { letIn: writers, body: { by: 'Planted', what: 'Planted' } },
  'POST /api/matters/:matter/reviews': {
    letIn: writers,
    body: { outcome: 'close', reasons: 'Planted' },
  },
  'PUT /api/matters/:matter/reports/:report': { letIn: writers },
  'POST /api/network/withdrawals': { letIn: writers, body: {} },
  'GET /api/network/withdrawals': { letIn: desk },
  'GET /api/network/withdrawals/readers': {
    letIn: writers,
    query: `object=note--${crypto.randomUUID()}`,
  },
  'PUT /api/network/withdrawn': {
    letIn: [],
    body: { protected: 'YQ', payload: 'YQ', signature: 'YQ' },
  },
  'GET /api/network/withdrawn': { letIn: [], query: 'since=2026-01-01T00:00:00.000Z' },
  'POST /api/reports': { letIn: writers, body: {} },
  'GET /api/reports': { letIn: desk },
  'GET /api/reports/:report': { letIn: desk },
  'GET /api/offices': { letIn: writers, namesOffices: true },
  'GET /api/warnings': { letIn: desk },
  'PUT /api/warnings/:warning': { letIn: writers, body: {} },
  'GET /api/warnings/:warning': { letIn: desk },
  'GET /api/warnings/:warning/cap': { letIn: desk },
  'GET /api/warnings/:warning/cap/acknowledgements': { letIn: desk },
  'GET /api/warnings/:warning/cap/acknowledgements/:notification': { letIn: desk },
  'POST /api/warnings/:warning/signatures': {
    letIn: writers,
    body: { sha256: 'a'.repeat(64), shown: { recipients: [], readers: [] } },
  },
  'POST /api/warnings/:warning/return': { letIn: writers, body: { reasons: 'Planted' } },
  'POST /api/warnings/:warning/discard': { letIn: writers, body: { sha256: 'a'.repeat(64) } },
  'POST /api/warnings/:warning/cancel': { letIn: writers, body: { reasons: 'Planted' } },
  'GET /api/warnings/:warning/letter': { letIn: desk },
  'GET /api/warnings/:warning/call-sheet': { letIn: writers },
  'GET /api/matters/:matter/due-diligence': { letIn: desk, query: 'format=json' },
  'GET /api/letters/:token': unknownLetter,
  'POST /api/letters/:token/opening': unknownLetter,
  'POST /api/letters/:token/reading': { letIn: all, body: { code: '000000' } },
  'POST /api/letters/:token/acknowledgement': { letIn: all, body: {} },
  'POST /api/letters/:token/answer': { letIn: all, body: {} },

  'GET /api/notices/preference': { letIn: people },
  'PUT /api/notices/preference': { letIn: people, body: { digest: true } },
  'POST /api/notices/mail-reports': { letIn: ['operator'] },

  'POST /api/correspondents': { letIn: managers, body: {} },
  'GET /api/people/:person/contacts': { letIn: somebody },
  'PUT /api/people/:person/contacts': { letIn: somebody, body: { contacts: [] } },
  'POST /api/people/:person/contacts/:channel/test': { letIn: somebody },
  'GET /api/organisations/:organisation/contacts': { letIn: managers },
  'GET /api/contacts': { letIn: people },
  'PUT /api/contacts/devices/:device': { letIn: people, body: {} },
  'DELETE /api/contacts/devices/:device': { letIn: people },
  'GET /api/confirmations/:token': { letIn: all },
  'POST /api/confirmations/:token': { letIn: all },

  'GET /.well-known/jwks.json': { letIn: all },
  'GET /api/receipts/:receipt': { letIn: all, query: 'status=1' },
  'POST /api/receipts/:receipt': { letIn: all, body: { status: 'delivered' } },
  'GET /api/settings/channels': { letIn: operators },
  'PUT /api/settings/channels/:channel': { letIn: operators, body: {} },
  'GET /api/warnings/:warning/calls': { letIn: desk },
  'PUT /api/deliveries/:delivery/calls/:call': { letIn: writers, body: {} },

  'PUT /api/people/:person/roles/:role': { letIn: managers },
  'DELETE /api/people/:person/roles/:role': { letIn: managers },
  'DELETE /api/people/:person': { letIn: operators },
  'DELETE /api/people/:person/sessions': { letIn: operators },
  'POST /api/people/:person/recovery': { letIn: operators },

  'GET /api/settings/public-view': { letIn: members },
  'PUT /api/settings/public-view/:area': { letIn: operators, body: {} },
  'GET /api/settings/providers': { letIn: operators },
  'PUT /api/settings/providers/:provider': { letIn: operators, body: {} },
  'DELETE /api/settings/providers/:provider': { letIn: operators },
}
