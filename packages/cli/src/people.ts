import { invite as inviteRoute } from '@tocsin/api/enrolment.ts'
import { getOrganisation, listOrganisations, recoverAccount } from '@tocsin/api/people.ts'
import { Role } from '@tocsin/domain/actor.ts'
import { OrganisationId, PersonId } from '@tocsin/domain/brand.ts'
import { newId } from '@tocsin/domain/id.ts'
import { type InvitationId, PostId } from '@tocsin/domain/people.ts'
import type { Command } from 'commander'
import type { Context } from './context.ts'

/** `tocsin people ...`: whoever holds the machine can let people in when nobody else can. */
export function addPeopleCommands(program: Command, context: () => Context): void {
  const people = program.command('people').description('Organisations and those who sign in')

  people
    .command('list')
    .description('List the organisations with their people and posts')
    .action(async () => {
      const opened = context()
      const client = await opened.client()
      const all = await client(listOrganisations, {})
      const organisations = await Promise.all(
        all.map(({ id }) => client(getOrganisation, { params: { organisation: id } })),
      )
      const lines = organisations.flatMap(({ organisation, posts, people }) => [
        `${organisation.id}  ${organisation.name}`,
        ...posts.map(({ id, title }) => `  ${id}  ${title}`),
        ...people.map(({ id, name, roles }) => `  ${id}  ${name}  ${roles.join(' ')}`),
      ])
      opened.say(lines.join('\n'), organisations)
    })

  people
    .command('invite')
    .description('Make a link by which one person joins an organisation; it is shown once')
    .argument('<organisation>')
    .option('--role <role...>', Role.options.join(', '), [])
    .option('--post <post>', 'the post that the person is going to hold')
    .action(async (organisation: string, options: InviteOptions) => {
      const opened = context()
      const body = {
        id: newId<InvitationId>(),
        organisation: OrganisationId.parse(organisation),
        post: options.post === undefined ? null : PostId.parse(options.post),
        roles: options.role.map((role) => Role.parse(role)),
      }
      const made = await (await opened.client())(inviteRoute, { body })
      opened.say(made.link ?? '', made)
    })

  people
    .command('recover')
    .description('Make a link by which a person who lost every key gets new ones')
    .argument('<person>')
    .action(async (person: string) => {
      const opened = context()
      const params = { person: PersonId.parse(person) }
      const outcome = await (await opened.client())(recoverAccount, { params })
      const link = outcome.state === 'done' ? outcome.link : null
      opened.say(link ?? opened.t('approvals.waits'), outcome)
    })
}

type InviteOptions = { readonly role: readonly string[]; readonly post?: string }
