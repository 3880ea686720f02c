import { takeMailedReply } from '@tocsin/api/mailed-replies.ts'
import { takeMailReport } from '@tocsin/api/notices.ts'
import type { Command } from 'commander'
import { type Context, sentenceOf } from './context.ts'

/** What mail servers read as: not now, keep it and try again (sysexits.h). */
const TRY_AGAIN = 75

/** `tocsin mail ...`: what the mail server beside the node hands over. */
export function addMailCommands(program: Command, context: () => Context): void {
  const mail = program.command('mail').description('What the mail server hands over to the node')
  mail
    .command('bounce')
    .description('Take a mail on standard input and note what it says of a notice')
    .action(() =>
      handOver(context, async ({ client, t, say }) => {
        const report = await (await client())(takeMailReport, { stream: process.stdin })
        const { outcome, reason } = report
        const words = reason === null ? '' : t(`notice.reason-${reason}`)
        say(t(`notice.mail-${outcome}`, { reason: words }), report)
      }),
    )
  mail
    .command('reply')
    .description('Take a mail on standard input that answers a notice of a consultation')
    .action(() =>
      handOver(context, async ({ client, t, say }) => {
        const taken = await (await client())(takeMailedReply, { stream: process.stdin })
        const { outcome, reason } = taken
        say(t(reason ? `room.mail-refused-${reason}` : `room.mail-taken-${outcome}`), taken)
      }),
    )
}

async function handOver(context: () => Context, take: (context: Context) => Promise<void>) {
  const own = context()
  try {
    await take(own)
  } catch (error) {
    // The mail server keeps the mail and tries again: nothing is lost while the node is away.
    console.error(sentenceOf(error, own.t))
    process.exitCode = TRY_AGAIN
  }
}
