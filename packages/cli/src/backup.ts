import { resolve } from 'node:path'
import { getRestored, goOn } from '@tocsin/api/restored.ts'
import { checkBackup } from '@tocsin/server/backup/check.ts'
import { backUpNode, restoreNode } from '@tocsin/server/backup/commands.ts'
import type { BackupFacts } from '@tocsin/server/backup/make.ts'
import type { Command } from 'commander'
import { type Context, exits } from './context.ts'

/** `tocsin backup`, `tocsin restore` and `tocsin restored`: everything the node knows, as one file. */
export function addBackupCommands(program: Command, context: () => Context): void {
  program
    .command('backup')
    .description('Write everything the node knows to one new file, while it runs or not')
    .argument('<file>')
    .option('--check', 'read a backup from end to end and say whether it is whole')
    .action(async (name: string, { check }: { readonly check?: true }) => {
      const { config, t, say } = context()
      const file = resolve(name)
      const facts = check
        ? (await checkBackup(file)).facts
        : await backUpNode(config, file, program.version() ?? '')
      say(t(check ? 'node.backup-whole' : 'node.backup-made', valuesOf(file, facts)), {
        file,
        ...facts,
      })
    })
  program
    .command('restore')
    .description('Put a backup in the place of a node that does not run')
    .argument('<file>')
    .option('--replace', 'remove what the node holds now')
    .action(async (name: string, { replace = false }: { readonly replace?: boolean }) => {
      const { config, t, say } = context()
      const file = resolve(name)
      const facts = await restoreNode(config, file, replace)
      say(t('node.restored', valuesOf(file, facts)), { file, ...facts })
    })
  program
    .command('restored')
    .description(
      'Say for whom the node waits after a restore; it tells the network nothing meanwhile',
    )
    .option('--go-on', 'wait no longer: what those that did not answer hold may then contradict')
    .action(async ({ goOn: isDecided }: { readonly goOn?: true }) => {
      const { client, t, say } = context()
      const call = await client()
      if (isDecided) await call(goOn, {})
      const { isWaiting, unanswered } = await call(getRestored, {})
      const names = unanswered.map(({ name }) => name).join(', ')
      const sentence = isWaiting ? 'node.waits-for' : 'node.waits-for-nobody'
      say(t(sentence, { names }), { isWaiting, unanswered })
      if (isWaiting) process.exitCode = exits.no
    })
}

function valuesOf(file: string, { bytes, ...facts }: BackupFacts) {
  return { file, ...facts, megabytes: (bytes / 1e6).toFixed(1) }
}
