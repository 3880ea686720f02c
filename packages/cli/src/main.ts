import { Command, CommanderError } from 'commander'
import { addAuditCommands } from './audit.ts'
import { addBackupCommands } from './backup.ts'
import { addBundleCommands } from './bundle.ts'
import { addCompletion } from './completion.ts'
import { type Context, exits, openContext, sentenceOf, translatorOf } from './context.ts'
import { addDataCommands } from './data.ts'
import { addDemoCommands } from './demo.ts'
import { addDoctorCommand } from './doctor.ts'
import { environment } from './environment.ts'
import { addMailCommands } from './mail.ts'
import { addNodeCommands } from './node.ts'
import { addPeopleCommands } from './people.ts'
import { addRiskCommands } from './risk.ts'
import { addTrustCommands } from './trust.ts'
import { addVerifyCommand } from './verify.ts'

const program = new Command('tocsin')
  .description(
    'Self-hosted software for the network of focal points for the prevention of genocide',
  )
  .version('0.1.0')
  .option('--json', 'answer in JSON')
  .addHelpText('after', '\nExit codes: 0 done or yes, 1 the answer is no, 2 refused or failed.')
  .exitOverride()

const context = (): Context => openContext(environment, program.opts()['json'] === true)

addNodeCommands(program, context)
addDataCommands(program, context)
addPeopleCommands(program, context)
addMailCommands(program, context)
addAuditCommands(program, context)
addBackupCommands(program, context)
addBundleCommands(program, context)
addDemoCommands(program, context)
addDoctorCommand(program, context)
addRiskCommands(program, context)
addTrustCommands(program, context)
addVerifyCommand(program, context)
addCompletion(program)

try {
  await program.parseAsync()
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? exits.yes : exits.refused
  } else {
    console.error(sentenceOf(error, translatorOf(environment)))
    process.exitCode = exits.refused
  }
}
