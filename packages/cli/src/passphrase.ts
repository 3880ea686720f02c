import { readFile } from 'node:fs/promises'
import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'

/** Shows what is asked and nothing of what is typed. */
const silent = () => new Writable({ write: (_chunk, _encoding, done) => done() })

/** Passphrases, one a line of a file where one is named, else typed on the terminal unseen. */
export async function readPassphrases(
  questions: readonly string[],
  file: string | undefined,
): Promise<readonly string[]> {
  if (file !== undefined) {
    const lines = (await readFile(file, 'utf8')).split('\n').map((line) => line.trimEnd())
    return questions.map((_, index) => lines[index] ?? '')
  }
  const terminal = createInterface({ input: process.stdin, output: silent(), terminal: true })
  const typed: string[] = []
  try {
    for (const question of questions) {
      process.stderr.write(`${question} `)
      typed.push(await terminal.question(''))
      process.stderr.write('\n')
    }
  } finally {
    terminal.close()
  }
  return typed
}
