import { startNode } from '@tocsin/server/node.ts'
import type { Command } from 'commander'
import type { Context } from './context.ts'

/** `tocsin start`: runs the node until it is told to stop. */
export function addNodeCommands(program: Command, context: () => Context): void {
  program
    .command('start')
    .description('Start the node: database, facts, web application')
    .action(async () => {
      const { config, t, say } = context()
      const node = await startNode(config)
      say(t('cli.running', { url: node.url }), { url: node.url, setUpLink: node.setUpLink })
      if (node.setUpLink) say(t('cli.set-up', { link: node.setUpLink }))
      let stopping = false
      for (const signal of ['SIGINT', 'SIGTERM'] as const) {
        process.on(signal, () => {
          if (stopping) return
          stopping = true
          void node.stop().then(() => process.exit(0))
        })
      }
    })
}
