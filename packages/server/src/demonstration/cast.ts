import { operator } from '@tocsin/domain/actor.ts'
import {
  CountryCode,
  type Day,
  type Instant,
  type OrganisationId,
  type PersonId,
} from '@tocsin/domain/brand.ts'
import { newId } from '@tocsin/domain/id.ts'
import type { Capacity, HoldingId, PostId } from '@tocsin/domain/people.ts'
import type { App } from '../app.ts'
import { addOrganisation, addPost, appoint } from '../people/commands.ts'
import { addCorrespondent } from '../people/correspondents.ts'
import { grantRole } from '../people/roles.ts'
import type { House, Member } from './five-rivers/people.ts'
import type { Cast, Player } from './stage.ts'

/** The name by which the story calls an office. */
export const officeName = (house: string, title: string): string => `${title}, ${house}`

/** Makes the organisations, their offices and whoever holds them, as the operator would. */
export async function gatherCast(
  app: App,
  houses: readonly House[],
  since: Instant,
): Promise<Cast> {
  const players = new Map<string, Player>()
  const organisations = new Map<string, OrganisationId>()
  const offices = new Map<string, PostId>()
  for (const house of houses) {
    const organisation = newId<OrganisationId>()
    organisations.set(house.name, organisation)
    const country = house.country === null ? null : CountryCode.parse(house.country)
    const { name, kind } = house
    await addOrganisation(app, operator, { id: organisation, name, kind, country })
    for (const { title, holder, deputies = [] } of house.seats) {
      const post = newId<PostId>()
      offices.set(officeName(house.name, title), post)
      await addPost(app, operator, { id: post, organisation, title })
      const held = [holder, ...deputies].map((member, index) => ({
        member,
        capacity: index === 0 ? ('main' as const) : ('alternate' as const),
      }))
      for (const { member, capacity } of held) {
        const player = await addPlayer(app, member, { organisation, domain: house.domain })
        players.set(member.name, player)
        await seat(app, { post, person: player.person, capacity, since })
      }
    }
  }
  return { players, organisations, offices }
}

type Home = { readonly organisation: OrganisationId; readonly domain: string }

async function addPlayer(
  app: App,
  { name, roles = [], locale = 'en' }: Member,
  { organisation, domain }: Home,
): Promise<Player> {
  const person = newId<PersonId>()
  const address = `office-${person.slice(-6)}@${domain}`
  const contacts = [{ channel: 'e-mail' as const, address }]
  await addCorrespondent(app, operator, { id: person, organisation, name, locale, contacts })
  for (const role of roles) await grantRole(app, operator, { person, role })
  return { person, organisation, roles }
}

type Seated = {
  readonly post: PostId
  readonly person: PersonId
  readonly capacity: Capacity
  readonly since: Instant
}

async function seat(app: App, { post, person, capacity, since }: Seated): Promise<void> {
  const spell = { fromDay: since.slice(0, 10) as Day, untilDay: null }
  await appoint(app, operator, { id: newId<HoldingId>(), post, person, capacity, ...spell })
}
