import { setTimeout as pause } from 'node:timers/promises'
import type { Client } from '@tocsin/api/client.ts'
import {
  buildEdition,
  getBuild,
  getFigures,
  getInput,
  keepInput,
  keepPublished,
  listEditions,
} from '@tocsin/api/risk.ts'
import type { Day, Sha256 } from '@tocsin/domain/brand.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import { type BuildProgress, EditionId, type KeptInput } from '@tocsin/domain/risk.ts'
import type { FrozenEdition } from '@tocsin/server/risk/freeze.ts'
import {
  type FileKind,
  findFiles,
  type ReadFile,
  recogniseFile,
} from '@tocsin/server/risk/published-files.ts'
import { readShippedEditions } from '@tocsin/server/risk/shipped.ts'
import { verifyEdition } from '@tocsin/server/risk/verify.ts'
import type { Command } from 'commander'
import { type Context, exits } from './context.ts'
import { progressOf } from './progress.ts'

/** `tocsin risk build` and `verify`: making editions, and making them again to check them. */
export function addEditionCommands(risk: Command, context: () => Context): void {
  risk
    .command('build')
    .description('Have the running node compute an edition from files, found by their columns')
    .argument('<edition>', 'its name, such as 2026')
    .requiredOption('--data <place...>', 'folders or files: predictors, and what baselines need')
    .requiredOption('--issued <day>', 'the day the predictors were issued, YYYY-MM-DD')
    .option('--resamples <number>', 'draws behind each interval', '1000')
    .action(async (edition: string, options: BuildOptions) => {
      const opened = context()
      const { say, t } = opened
      const client = await opened.client()
      const inputs = await keepFiles(client, options.data)
      await keepRankings(client, inputs, opened)
      const body = buildEdition.body.parse({
        edition,
        issuedOn: options.issued as Day,
        inputs: inputs.filter(({ kind }) => kind !== 'published-risks').map((kept) => kept.sha256),
        resamples: Number(options.resamples),
      })
      const build = await follow(client, await client(buildEdition, { body }), opened)
      if (build.problem) throw new Problem(build.problem.code, build.problem.details)
      say(t('cli.edition-built', { edition }), build)
    })

  risk
    .command('verify')
    .description('Compute an edition again and compare every figure, bit for bit')
    .argument('<edition>', 'such as 2025')
    .option('--data <place...>', 'folders or files it was made from; else those the node keeps')
    .action(async (edition: string, { data }: { data?: string[] }) => {
      const opened = context()
      const { say, t } = opened
      const client = await opened.client().catch(() => undefined)
      const frozen = await findFrozen(EditionId.parse(edition), client)
      const files = data ? findFiles(data) : await keptFiles(frozen, client)
      const { same, stated, computed, differences, withoutInputs, code } = verifyEdition(
        frozen,
        files,
        progressOf(opened),
      )
      const lines = [
        t(same ? 'cli.edition-same' : 'cli.edition-differs', { edition, kept: stated, computed }),
        ...(code.before === code.now ? [] : [t('cli.edition-other-code', code)]),
        ...withoutInputs.map((file) => t('cli.edition-without', { file })),
        ...differences.map((place) => `≠ ${place}`),
      ]
      say(lines.join('\n'), { edition, same, stated, computed, differences, withoutInputs, code })
      process.exitCode = same ? exits.yes : exits.no
    })
}

type BuildOptions = {
  readonly data: readonly string[]
  readonly issued: string
  readonly resamples: string
}

const usedKinds = ['predictors', 'terror-scale', 'civilian-deaths', 'published-risks'] as const

async function keepFiles(client: Client, places: readonly string[]): Promise<KeptInput[]> {
  const files = findFiles(places)
  const kept: KeptInput[] = []
  for (const kind of usedKinds) {
    const file = files.get(kind)
    if (!file) continue
    const stream = new Blob([new Uint8Array(file.bytes)])
    kept.push(await client(keepInput, { query: { name: file.name }, stream }))
  }
  return kept
}

/** What the publisher said in earlier years becomes editions of their own. */
async function keepRankings(
  client: Client,
  inputs: readonly KeptInput[],
  { say, json }: Context,
): Promise<void> {
  for (const { kind, sha256 } of inputs) {
    if (kind !== 'published-risks') continue
    const { kept } = await client(keepPublished, { body: { input: sha256 } })
    if (!json) for (const id of kept) say(id)
  }
}

const betweenLooks = 500

async function follow(
  client: Client,
  first: BuildProgress,
  context: Context,
): Promise<BuildProgress> {
  const { edition } = first
  let build = first
  while (build.state === 'waiting' || build.state === 'running') {
    await pause(betweenLooks)
    build = await client(getBuild, { params: { edition } })
    progressOf(context)(build.done, build.of)
  }
  return build
}

/** The edition as the running node keeps it, or as it was shipped where no node runs. */
async function findFrozen(id: EditionId, client: Client | undefined): Promise<FrozenEdition> {
  const shipped = readShippedEditions().find(({ edition }) => edition.id === id)
  const editions = client ? await client(listEditions, {}).catch(() => undefined) : undefined
  const edition = editions?.find((one) => one.id === id)
  if (client && edition) {
    return { edition, figures: await client(getFigures, { params: { edition: id } }) }
  }
  if (!shipped) throw new Problem('edition.not-found', { edition: id })
  return shipped
}

async function keptFiles(
  { edition }: FrozenEdition,
  client: Client | undefined,
): Promise<ReadonlyMap<FileKind, ReadFile>> {
  if (!client) throw new Problem('risk.no-data', { edition: edition.id })
  const read = async (name: string, sha256: Sha256) =>
    recogniseFile(name, Buffer.from(await client(getInput, { params: { sha256 } }), 'base64'))
  const files = await Promise.all(edition.inputs.map(({ name, sha256 }) => read(name, sha256)))
  return new Map(files.map((file) => [file.kind, file]))
}
