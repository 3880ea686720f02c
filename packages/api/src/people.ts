import { Role } from '@tocsin/domain/actor.ts'
import { ApprovalId } from '@tocsin/domain/approval.ts'
import { Day, OrganisationId, PersonId } from '@tocsin/domain/brand.ts'
import { ContactInputs } from '@tocsin/domain/contact.ts'
import { Holding, HoldingId, Organisation, Person, Post, PostId } from '@tocsin/domain/people.ts'
import { z } from 'zod'
import { Contact, Contacts } from './contacts.ts'
import type { Route } from './route.ts'

export const listOrganisations = {
  method: 'GET',
  path: '/api/organisations',
  summary: 'List the organisations you may see',
  response: z.array(Organisation),
} as const satisfies Route

/** Somebody of an organisation: with an account, or told and answering by a link. */
const Member = Person.extend({ hasAccount: z.boolean() })

export const getOrganisation = {
  method: 'GET',
  path: '/api/organisations/:organisation',
  summary: 'Read one organisation with its posts, their holders and its people',
  params: z.object({ organisation: OrganisationId }),
  response: z.object({
    organisation: Organisation,
    posts: z.array(Post),
    holdings: z.array(Holding),
    people: z.array(Member),
  }),
} as const satisfies Route

export const listOrganisationContacts = {
  method: 'GET',
  path: '/api/organisations/:organisation/contacts',
  summary: 'Read where each person of an organisation is reached, for those who keep the list',
  params: z.object({ organisation: OrganisationId }),
  response: z.array(Contact.extend({ person: PersonId })),
} as const satisfies Route

export const addOrganisation = {
  method: 'POST',
  path: '/api/organisations',
  summary: 'Add an organisation; the same request twice answers the same organisation',
  body: Organisation.pick({ id: true, name: true, kind: true, country: true }),
  response: Organisation,
} as const satisfies Route

export const changeOrganisation = {
  method: 'PUT',
  path: '/api/organisations/:organisation',
  summary:
    'Change the name or country of an organisation, or close it: its people can no longer sign in',
  params: z.object({ organisation: OrganisationId }),
  body: Organisation.pick({ name: true, kind: true, country: true }).extend({
    closed: z.boolean(),
  }),
  response: Organisation,
} as const satisfies Route

export const addPost = {
  method: 'POST',
  path: '/api/posts',
  summary: 'Add a post to an organisation',
  body: Post.pick({ id: true, organisation: true, title: true }),
  response: Post,
} as const satisfies Route

export const abolishPost = {
  method: 'DELETE',
  path: '/api/posts/:post',
  summary: 'Abolish a post; who held it stays on record',
  params: z.object({ post: PostId }),
  response: z.object({}),
} as const satisfies Route

export const listHolders = {
  method: 'GET',
  path: '/api/posts/:post/holders',
  summary: 'Read who held a post on a day: acting first, then main, then alternates',
  params: z.object({ post: PostId }),
  query: z.object({ day: Day }),
  response: z.array(Holding),
} as const satisfies Route

export const appoint = {
  method: 'POST',
  path: '/api/holdings',
  summary: 'Appoint a person to a post from a day on',
  body: Holding.pick({
    id: true,
    post: true,
    person: true,
    capacity: true,
    fromDay: true,
    untilDay: true,
  }).refine(({ fromDay, untilDay }) => untilDay === null || untilDay >= fromDay, {
    path: ['untilDay'],
  }),
  response: Holding,
} as const satisfies Route

export const endHolding = {
  method: 'PUT',
  path: '/api/holdings/:holding/end',
  summary: 'Say which day is the last on which a person holds a post',
  params: z.object({ holding: HoldingId }),
  body: z.object({ untilDay: Day }),
  response: Holding,
} as const satisfies Route

export const addCorrespondent = {
  method: 'POST',
  path: '/api/correspondents',
  summary: 'Add somebody who is told and answers without an account',
  body: Person.pick({ id: true, organisation: true, name: true, locale: true }).extend({
    contacts: ContactInputs,
  }),
  response: Person,
} as const satisfies Route

export const listContacts = {
  method: 'GET',
  path: '/api/people/:person/contacts',
  summary: 'Read where a person is reached: for those who keep the list, and the person',
  params: z.object({ person: PersonId }),
  response: Contacts,
} as const satisfies Route

export const setContacts = {
  method: 'PUT',
  path: '/api/people/:person/contacts',
  summary: 'Say where a person is reached, the preferred way first: one address for each way',
  params: z.object({ person: PersonId }),
  body: z.object({ contacts: ContactInputs }),
  response: Contacts,
} as const satisfies Route

/**
 * What became of an act that exposes: done, or waiting for a second person. `alone` says that it
 * was done by one person because no second administrator has ever existed on this node.
 */
export const Outcome = z.discriminatedUnion('state', [
  z.object({ state: z.literal('done'), alone: z.boolean(), link: z.url().nullable() }),
  z.object({ state: z.literal('waiting'), approval: ApprovalId }),
])
export type Outcome = z.infer<typeof Outcome>

export const grantRole = {
  method: 'PUT',
  path: '/api/people/:person/roles/:role',
  summary: 'Grant a role; the role of administrator takes a second person',
  params: z.object({ person: PersonId, role: Role }),
  response: Outcome,
} as const satisfies Route

export const revokeRole = {
  method: 'DELETE',
  path: '/api/people/:person/roles/:role',
  summary: 'Revoke a role at once',
  params: z.object({ person: PersonId, role: Role }),
  response: z.object({}),
} as const satisfies Route

export const endPerson = {
  method: 'DELETE',
  path: '/api/people/:person',
  summary: 'End an account at once, with its sessions, roles and posts',
  params: z.object({ person: PersonId }),
  response: z.object({}),
} as const satisfies Route

export const signOutPerson = {
  method: 'DELETE',
  path: '/api/people/:person/sessions',
  summary: 'End all sessions of a person',
  params: z.object({ person: PersonId }),
  response: z.object({}),
} as const satisfies Route

export const recoverAccount = {
  method: 'POST',
  path: '/api/people/:person/recovery',
  summary: 'Make a link by which a person gets new ways of signing in; takes a second person',
  params: z.object({ person: PersonId }),
  response: Outcome,
} as const satisfies Route
