import { readFile } from 'node:fs/promises'
import * as api from '@tocsin/api/network-trust.ts'
import { CountryCode, OrganisationId } from '@tocsin/domain/brand.ts'
import { OrganisationKind } from '@tocsin/domain/people.ts'
import type { Command } from 'commander'
import type { Context } from './context.ts'
import { addRootCommands, readRootFile, wordsOf } from './trust-root.ts'

/**
 * `tocsin trust ...`: the root of trust of an organisation, and whom this node trusts. Nothing here
 * pins a member: that is for two officers, each with an account of their own.
 */
export function addTrustCommands(program: Command, context: () => Context): void {
  const trust = program
    .command('trust')
    .description('The root of trust of an organisation, and the members of the network')
  addRootCommands(trust, context)
  addOwnCommands(trust, context)
  addMemberCommands(trust, context)
}

function addOwnCommands(trust: Command, context: () => Context): void {
  trust
    .command('keys')
    .description('Print the keys over which the keepers make a root of trust')
    .argument('<organisation>')
    .action(async (id: string) => {
      const { client, say } = context()
      const params = { organisation: OrganisationId.parse(id) }
      const keys = await (await client())(api.getDirectoryKeys, { params })
      say(JSON.stringify(keys), keys)
    })

  trust
    .command('install')
    .description('Install a root that its keepers have signed')
    .argument('<organisation>')
    .argument('<root>')
    .action(async (id: string, file: string) => {
      const { client, say } = context()
      const params = { organisation: OrganisationId.parse(id) }
      const body = { file: (await readFile(file, 'utf8')).trim() }
      const { words } = await (await client())(api.installRoot, { params, body })
      say(words.join(' '), { words })
    })

  trust
    .command('fingerprint')
    .description(
      'Print the eight words by which others know an organisation of this node, or a root',
    )
    .argument('[root]', 'a root in a file; without it, the organisations of this node')
    .action(async (file?: string) => {
      const { client, say, t } = context()
      if (file !== undefined) {
        const words = wordsOf((await readRootFile(file)).root)
        say(words, { words })
        return
      }
      const { own } = await (await client())(api.listMembers, {})
      const lines = own.map(({ name, address, words }) =>
        [name, address, words?.join(' ') ?? t('trust.no-root')].join('\n  '),
      )
      say(lines.join('\n'), own)
    })

  trust
    .command('rotate')
    .description('Give up the key an organisation signs with and make the next')
    .argument('<organisation>')
    .option('--stolen', 'the old key ends at once, with whatever it signed that has not arrived')
    .action(async (id: string, { stolen = false }: { readonly stolen?: boolean }) => {
      const { client, say } = context()
      const params = { organisation: OrganisationId.parse(id) }
      const made = await (await client())(api.rotateKey, { params, body: { isStolen: stolen } })
      say(made.id, made)
    })
}

function addMemberCommands(trust: Command, context: () => Context): void {
  trust
    .command('list')
    .description('List the organisations this node knows, and whether it trusts them')
    .action(async () => {
      const { client, say, t } = context()
      const { members } = await (await client())(api.listMembers, {})
      const lines = members.map(({ organisation, name, state, freshness, address, words }) =>
        [
          `${organisation}  ${name}`,
          `${t(`trust.state-${state}`)}${freshness ? ` · ${t(`trust.freshness-${freshness}`)}` : ''}`,
          address,
          ...(words ? [words.join(' ')] : []),
        ].join('\n  '),
      )
      say(lines.join('\n') || t('trust.none'), members)
    })

  trust
    .command('propose')
    .description('Propose an organisation as a member; two officers then type its words')
    .argument('<address>', 'as the organisation gives it out: https://node.example/tuf/...')
    .requiredOption('--name <name>')
    .option('--kind <kind>', OrganisationKind.options.join(', '), 'focal-point')
    .option('--country <code>', 'three letters')
    .action(async (address: string, options: ProposeOptions) => {
      const { client, say, t } = context()
      const body = {
        address,
        name: options.name,
        kind: OrganisationKind.parse(options.kind),
        country: options.country === undefined ? null : CountryCode.parse(options.country),
      }
      const proposed = await (await client())(api.proposeMember, { body })
      say(t('trust.proposed'), proposed)
    })

  trust
    .command('expel')
    .description('Stop trusting an organisation at once')
    .argument('<organisation>')
    .requiredOption('--reasons <reasons>')
    .action(async (id: string, body: { readonly reasons: string }) => {
      const { client, say, t } = context()
      const params = { organisation: OrganisationId.parse(id) }
      await (await client())(api.expelMember, { params, body: { reasons: body.reasons } })
      say(t('trust.expelled'), {})
    })
}

type ProposeOptions = { readonly name: string; readonly kind: string; readonly country?: string }
