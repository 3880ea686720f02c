import { listEditions } from '@tocsin/api/risk.ts'
import { reproduce } from '@tocsin/server/risk/reproduce.ts'
import { verifyEdition } from '@tocsin/server/risk/verify.ts'
import type { Command } from 'commander'
import { type Context, exits } from './context.ts'

/** `tocsin risk ...`: editions, and the published analysis computed again. */
export function addRiskCommands(program: Command, context: () => Context): void {
  const risk = program.command('risk').description('The statistical risk picture')

  risk
    .command('reproduce')
    .description('Compute a published assessment again and hold it against the published files')
    .requiredOption('--data <folder>', 'folder with the files of one edition')
    .option('--workers <number>', 'threads to fit on', '2')
    .action(async ({ data, workers }: { data: string; workers: string }) => {
      const { say, t, json } = context()
      const checks = await reproduce(data, Number(workers), (done, all) => {
        if (!json && process.stderr.isTTY) process.stderr.write(`\r${done}/${all} `)
      })
      if (json) say('', checks)
      else
        for (const { what, found, agrees } of checks) say(`${agrees ? '=' : '≠'} ${what}: ${found}`)
      const allAgree = checks.every(({ agrees }) => agrees)
      if (!json) say(t(allAgree ? 'cli.reproduced' : 'cli.not-reproduced'))
      process.exitCode = allAgree ? exits.yes : exits.no
    })

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
    .command('verify')
    .description('Compute an edition again and compare every figure, bit for bit')
    .argument('<edition>', 'such as 2025')
    .requiredOption('--data <folder>', 'folder with the files the edition was made from')
    .action(async (edition: string, { data }: { data: string }) => {
      const { say, t } = context()
      const result = await verifyEdition(edition, data)
      const { kept, computed } = result
      const key = result.same ? 'cli.edition-same' : 'cli.edition-differs'
      say(t(key, { edition, kept, computed }), result)
      process.exitCode = result.same ? exits.yes : exits.no
    })
}
