import { compareEditions, exportEdition, listEditions } from '@tocsin/api/risk.ts'
import { EditionId } from '@tocsin/domain/risk.ts'
import { reproduce } from '@tocsin/server/risk/reproduce.ts'
import type { Command } from 'commander'
import { type Context, exits } from './context.ts'
import { progressOf } from './progress.ts'
import { addEditionCommands } from './risk-editions.ts'

/** `tocsin risk ...`: editions, and the published analysis computed again. */
export function addRiskCommands(program: Command, context: () => Context): void {
  const risk = program.command('risk').description('The statistical risk picture')
  addReproduce(risk, context)
  addReading(risk, context)
  addEditionCommands(risk, context)
}

const marks = new Map([
  [true, '='],
  [false, '≠'],
  [null, ' '],
])

function addReproduce(risk: Command, context: () => Context): void {
  risk
    .command('reproduce')
    .description('Compute a published assessment again and hold it against the published files')
    .requiredOption('--data <folder>', 'folder with the files of one edition')
    .option('--workers <number>', 'threads to fit on', '2')
    .action(async ({ data, workers }: { data: string; workers: string }) => {
      const { say, t, json } = context()
      const checks = await reproduce(data, Number(workers), progressOf(context()))
      if (json) say('', checks)
      else
        for (const { what, found, agrees } of checks) say(`${marks.get(agrees)} ${what}: ${found}`)
      const compared = checks.filter(({ agrees }) => agrees !== null)
      const allAgree = compared.every(({ agrees }) => agrees)
      if (!json) say(t(summaryOf(compared.length, allAgree)))
      process.exitCode = allAgree ? exits.yes : exits.no
    })
}

function summaryOf(compared: number, allAgree: boolean) {
  if (compared === 0) return 'cli.nothing-to-compare'
  return allAgree ? 'cli.reproduced' : 'cli.not-reproduced'
}

const shownChanges = 20

function addReading(risk: Command, context: () => Context): void {
  risk
    .command('editions')
    .description('List the editions the running node holds')
    .action(async () => {
      const { client, say } = context()
      const editions = await (await client())(listEditions, {})
      const lines = editions.map(
        ({ id, origin, dataYear, countries, figuresHash }) =>
          `${id}  ${origin}  ${dataYear}  ${countries}  ${figuresHash}`,
      )
      say(lines.join('\n'), editions)
    })

  risk
    .command('compare')
    .description('Show what changed from one edition to another, and which driver moved it')
    .argument('<from>', 'the earlier edition, such as 2024')
    .argument('<to>', 'the later edition, such as 2025')
    .action(async (from: string, to: string) => {
      const { client, say } = context()
      const params = { edition: EditionId.parse(to), other: EditionId.parse(from) }
      const answer = await (await client())(compareEditions, { params })
      const lines = answer.countries
        .slice(0, shownChanges)
        .map(({ country, probability, rank, logOdds, parts }) => {
          const drivers = parts?.drivers
            .slice(0, 3)
            .map(({ driver, data, model }) => `${driver} ${signed(data + model)}`)
          return [
            country,
            `${percent(probability.from)} -> ${percent(probability.to)}`,
            `${rank.from} -> ${rank.to}`,
            signed(logOdds),
            drivers?.join(', ') ?? '',
          ].join('  ')
        })
      say(lines.join('\n'), answer)
    })

  risk
    .command('export')
    .description('Print an edition as a file, with its citation and terms')
    .argument('<edition>', 'such as 2025')
    .option('--format <format>', 'csv, json or hxl', 'csv')
    .option('--region <region>', 'only this region')
    .option('--organisation <organisation>', 'only members of this organisation')
    .action(async (edition: string, options: ExportOptions) => {
      const { client, say } = context()
      const params = { edition: EditionId.parse(edition) }
      const query = exportEdition.query.parse(options)
      say((await (await client())(exportEdition, { params, query })).trimEnd())
    })
}

type ExportOptions = {
  readonly format: string
  readonly region?: string
  readonly organisation?: string
}

const signed = (value: number): string => `${value < 0 ? '' : '+'}${value.toFixed(3)}`
const percent = (chance: number): string => `${(100 * chance).toFixed(2)} %`
