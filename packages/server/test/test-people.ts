import { type Client, createClient } from '@tocsin/api/client.ts'
import * as enrolment from '@tocsin/api/enrolment.ts'
import * as people from '@tocsin/api/people.ts'
import * as session from '@tocsin/api/session.ts'
import type { Role } from '@tocsin/domain/actor.ts'
import type { OrganisationId, PersonId } from '@tocsin/domain/brand.ts'
import { newId } from '@tocsin/domain/id.ts'
import type { InvitationId, SignInName } from '@tocsin/domain/people.ts'
import { SoftwarePasskey } from './software-passkey.ts'

/** A browser as far as the node can tell: it keeps cookies and sends them back. */
export type Browser = { readonly call: Client; readonly cookies: Map<string, string> }

export function openBrowser(url: string): Browser {
  const cookies = new Map<string, string>()
  const call = createClient(async (path, init) => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const headers = { ...init.headers, ...(cookie && { cookie }) }
    const response = await fetch(url + path, { ...init, headers })
    keepCookies(cookies, response)
    return response
  })
  return { call, cookies }
}

export function keepCookies(cookies: Map<string, string>, response: Response): void {
  for (const line of response.headers.getSetCookie()) {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
    if (value === '') cookies.delete(name)
    else cookies.set(name, value)
  }
}

/** Somebody with an account, a device and an open session. */
export type TestPerson = Browser & {
  readonly person: PersonId
  readonly organisation: OrganisationId
  readonly passkey: SoftwarePasskey
}

/** The address browsers make passkeys for on a node without a name of its own. */
export const passkeyOrigin = (url: string): string => `http://localhost:${new URL(url).port}`

export const tokenOf = (link: string | null | undefined): string =>
  new URL(link ?? '').hash.slice(1)

type Newcomer = {
  readonly name: string
  readonly organisation: OrganisationId
  /** Whose account a recovery link gives back; everybody else is new. */
  readonly person?: PersonId
  readonly isFirst?: boolean
}

/** Follows a link with a passkey, as a person would on the screen. */
export async function followLink(
  url: string,
  link: string | null | undefined,
  { name, organisation, person = newId<PersonId>(), isFirst = false }: Newcomer,
): Promise<TestPerson> {
  const browser = openBrowser(url)
  const token = tokenOf(link)
  const signInName = `${name.toLowerCase().replaceAll(' ', '.')}@${person}` as SignInName
  const { ceremony, options } = await browser.call(enrolment.startEnrolment, {
    body: { token, person, name, signInName },
  })
  const passkey = new SoftwarePasskey(passkeyOrigin(url))
  const first = { id: organisation, name: 'Ministry of Rivers', kind: 'focal-point' } as const
  await browser.call(enrolment.enrol, {
    body: {
      token,
      ceremony,
      locale: 'en',
      ...(isFirst && { organisation: { ...first, country: null } }),
      proof: { way: 'passkey', name: 'Phone', passkey: passkey.make(options) },
    },
  })
  return { ...browser, person, organisation, passkey }
}

export async function signInWithPasskey(browser: Browser, passkey: SoftwarePasskey) {
  const { ceremony, options } = await browser.call(session.startPasskeySignIn, {})
  return browser.call(session.signInWithPasskey, {
    body: { ceremony, passkey: passkey.use(options) },
  })
}

export async function stepUp({ call, passkey }: TestPerson): Promise<void> {
  const { ceremony, options } = await call(session.startStepUp, {})
  await call(session.stepUpWithPasskey, { body: { ceremony, passkey: passkey.use(options) } })
}

/** Invites and joins: a person of the organisation with exactly these roles. */
export async function invite(
  url: string,
  inviter: TestPerson,
  { name, organisation, roles }: Newcomer & { readonly roles: readonly Role[] },
): Promise<TestPerson> {
  await stepUp(inviter)
  const { link } = await inviter.call(enrolment.invite, {
    body: { id: newId<InvitationId>(), organisation, post: null, roles: [...roles] },
  })
  return followLink(url, link, { name, organisation })
}

/** Which organisation: the one the node was set up with, or another one on the same node. */
type Where = 'here' | 'elsewhere'
export type As = (role: Role, where?: Where) => Promise<TestPerson>

/** People of a test, each made when first asked for; the first administrator sets the node up. */
export function openCast(url: string, setUpLink: string | undefined): As {
  const cast = new Map<string, Promise<TestPerson>>()
  const organisations = { here: newId<OrganisationId>(), elsewhere: newId<OrganisationId>() }
  const once = (key: string, make: () => Promise<TestPerson>): Promise<TestPerson> => {
    const made = cast.get(key) ?? make()
    cast.set(key, made)
    return made
  }
  const first = () =>
    once('administrator here', () =>
      followLink(url, setUpLink, {
        name: 'administrator here',
        organisation: organisations.here,
        isFirst: true,
      }),
    )
  const make = async (role: Role, where: Where): Promise<TestPerson> => {
    const administrator = await first()
    const organisation = organisations[where]
    if (where === 'elsewhere') await addElsewhere(administrator, organisation)
    const roles: Role[] = role === 'administrator' ? [] : [role]
    const name = `${role} ${where}`
    const person = await invite(url, administrator, { name, organisation, roles })
    if (role === 'administrator') {
      await administrator.call(people.grantRole, { params: { person: person.person, role } })
    }
    return person
  }
  return async (role, where = 'here') => {
    if (role === 'administrator' && where === 'here') return first()
    return once(`${role} ${where}`, () => make(role, where))
  }
}

async function addElsewhere({ call }: TestPerson, id: OrganisationId): Promise<void> {
  const kind = 'regional-organisation'
  await call(people.addOrganisation, { body: { id, name: 'River Union', kind, country: null } })
}
