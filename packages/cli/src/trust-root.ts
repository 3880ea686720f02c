import { randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { systemClock } from '@tocsin/domain/clock.ts'
import { Problem } from '@tocsin/domain/problem.ts'
import { canonicalJson, type Json } from '@tocsin/records/canonical.ts'
import { fingerprintWords } from '@tocsin/records/trust/fingerprint-words.ts'
import { readKeyFile, writeKeyFile } from '@tocsin/records/trust/key-file.ts'
import { makeRoot, NodeKeys, ROOT_KEYS } from '@tocsin/records/trust/make-root.ts'
import {
  type Root,
  readFile as readTufFile,
  rootFingerprint,
  signFile,
  tufKeyOf,
} from '@tocsin/records/trust/tuf.ts'
import type { Command } from 'commander'
import type { Context } from './context.ts'
import { readPassphrases } from './passphrase.ts'

/** The part of `tocsin trust` that needs no node: it is meant for machines without a network. */
export function addRootCommands(trust: Command, context: () => Context): void {
  trust
    .command('make-root')
    .description(
      'Make an organisation’s root of trust off line: three key files, and the root itself',
    )
    .argument('<keys>', 'what `tocsin trust keys` printed on the node')
    .argument('<folder>', 'where the key files and the root go')
    .option('--after <root>', 'the root in use, which the new one follows')
    .option('--new-keepers', 'make new key files although there was a root before')
    .option('--passphrases <file>', 'one passphrase a line, instead of typing them')
    .action(async (keysFile: string, folder: string, options: MakeOptions) => {
      const { t, say } = context()
      const keys = NodeKeys.parse(JSON.parse(await readFile(keysFile, 'utf8')))
      const before =
        options.after === undefined ? undefined : (await readRootFile(options.after)).root
      await mkdir(folder, { recursive: true })
      const rootKeys =
        before && options.newKeepers !== true
          ? before.roles.root.keyids.flatMap((id) => before.keys[id] ?? [])
          : (await makeKeyFiles(folder, options.passphrases, t)).map(tufKeyOf)
      const version = (before?.version ?? 0) + 1
      const root = makeRoot(keys, rootKeys, { at: systemClock(), version })
      const file = join(folder, `${version}.root.json`)
      const text = canonicalJson({ signed: root, signatures: [] } as Json)
      // Never over a root that somebody has signed already.
      await writeFile(file, text, { flag: 'wx' })
      say(t('trust.root-made', { file, threshold: root.roles.root.threshold }), {
        file,
        root: rootFingerprint(root),
      })
    })

  trust
    .command('sign')
    .description('Add a keeper’s signature to a root')
    .argument('<root>')
    .argument('<key>', 'a key file')
    .option('--passphrases <file>', 'the passphrase in a file, instead of typing it')
    .action(async (rootFile: string, keyFile: string, options: MakeOptions) => {
      const { t, say } = context()
      const { root, text } = await readRootFile(rootFile)
      const [passphrase = ''] = await readPassphrases(
        [t('trust.passphrase', { key: keyFile })],
        options.passphrases,
      )
      const seed = await readKeyFile(await readFile(keyFile, 'utf8'), passphrase)
      if (!seed) throw new Problem('root.wrong-passphrase', { file: keyFile })
      const signed = signFile(JSON.parse(text), seed)
      await writeFile(rootFile, signed)
      const { threshold } = root.roles.root
      const count = JSON.parse(signed).signatures.length
      say(t('trust.root-signed', { file: rootFile, count, threshold }), { count, threshold })
    })
}

type MakeOptions = {
  readonly after?: string
  readonly newKeepers?: boolean
  readonly passphrases?: string
}

async function makeKeyFiles(folder: string, passphrases: string | undefined, t: Context['t']) {
  const names = Array.from({ length: ROOT_KEYS }, (_, index) => `key-${index + 1}.age`)
  const questions = names.map((key) => t('trust.passphrase', { key }))
  const typed = await readPassphrases(questions, passphrases)
  if (typed.some((passphrase) => passphrase.length < SHORTEST)) {
    throw new Problem('root.short-passphrase', { length: SHORTEST })
  }
  const seeds = names.map(() => new Uint8Array(randomBytes(32)))
  for (const [index, name] of names.entries()) {
    const text = await writeKeyFile(seeds[index] ?? new Uint8Array(), typed[index] ?? '')
    await writeFile(join(folder, name), text, { flag: 'wx', mode: 0o600 })
  }
  return seeds
}

/** What stands between a lost stick and a key: words, not one word. */
const SHORTEST = 12

export async function readRootFile(path: string): Promise<{ root: Root; text: string }> {
  const text = (await readFile(path, 'utf8')).trim()
  const read = readTufFile('root', text)
  if ('fault' in read) throw new Problem('root.not-readable', { file: path })
  return { root: read.signed, text }
}

export const wordsOf = (root: Root): string => fingerprintWords(rootFingerprint(root)).join(' ')
