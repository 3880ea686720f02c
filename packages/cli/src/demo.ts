import { loadDemonstration } from '@tocsin/api/demonstration.ts'
import type { Command } from 'commander'
import type { Context } from './context.ts'

/** `tocsin demo ...`: something to look at before there is anything real. */
export function addDemoCommands(program: Command, context: () => Context): void {
  program
    .command('demo')
    .description('Load a fictional region to learn on')
    .command('five-rivers')
    .description('Two years of the Confederation of the Five Rivers, its clocks running from now')
    .action(async () => {
      const opened = context()
      const loaded = await (await opened.client())(loadDemonstration, {})
      const { links, ...counts } = loaded
      const lines = [
        opened.t('cli.demo.done', counts),
        ...links.map((one) => opened.t('cli.demo.as', one)),
      ]
      opened.say(lines.join('\n'), loaded)
    })
}
