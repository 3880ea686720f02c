import { takeMailReport } from '@tocsin/api/notices.ts'
import type { Command } from 'commander'
import { type Context, sentenceOf } from './context.ts'

/** What mail servers read as: not now, keep it and try again (sysexits.h). */
const TRY_AGAIN = 75

/** `tocsin mail ...`: what the mail server beside the node hands over. */
export function addMailCommands(program: Command, context: () => Context): void {
  program
    .command('mail')
    .description('Mails that come back to the sender of notices')
    .command('bounce')
    .description('Take a mail on standard input and note what it says of a notice')
    .action(async () => {
      const { client, t, say } = context()
      try {
        const report = await (await client())(takeMailReport, { stream: process.stdin })
        const { outcome, reason } = report
        const words = reason === null ? '' : t(`notice.reason-${reason}`)
        say(t(`notice.mail-${outcome}`, { reason: words }), report)
      } catch (error) {
        // The mail server keeps the mail and tries again: no report is lost while the node is away.
        console.error(sentenceOf(error, t))
        process.exitCode = TRY_AGAIN
      }
    })
}
