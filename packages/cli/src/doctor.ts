import { examine } from '@tocsin/server/doctor/examine.ts'
import { type FindingState, worstOf } from '@tocsin/server/doctor/finding.ts'
import type { Command } from 'commander'
import { type Context, exits } from './context.ts'

const marks: Readonly<Record<FindingState, string>> = { good: '✓', warning: '–', broken: '✗' }
const codes: Readonly<Record<FindingState, number>> = {
  good: exits.yes,
  warning: exits.no,
  broken: exits.refused,
}

/** `tocsin doctor`: how the node is, in plain sentences. */
export function addDoctorCommand(program: Command, context: () => Context): void {
  program
    .command('doctor')
    .description('Say how the node is and what to do: exit code 0 well, 1 look at it, 2 broken')
    .action(async () => {
      const { config, t, say, json } = context()
      const found = await examine(config)
      const state = worstOf(found)
      const findings = found.map((one) => ({ ...one, sentence: t(one.says, one.values) }))
      if (!json) for (const { state: mark, sentence } of findings) say(`${marks[mark]} ${sentence}`)
      say(t(`doctor.all-${state}`), { state, findings })
      process.exitCode = codes[state]
    })
}
