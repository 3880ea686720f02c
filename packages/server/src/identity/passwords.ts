import { hash, verify } from '@node-rs/argon2'
import { Problem } from '@tocsin/domain/problem.ts'

const MINIMUM = 12
/** Of the five classes of zxcvbn (Wheeler 2016), 3: safe against guessing from a slow hash. */
const STRENGTH = 3

// Argon2id with 19 MiB and two passes: the first recommendation of OWASP's cheat sheet.
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** Hashes a password after checking that it is long enough and not among the first to be guessed. */
export async function hashPassword(password: string, known: readonly string[]): Promise<string> {
  if ([...password].length < MINIMUM)
    throw new Problem('identity.password-short', { minimum: MINIMUM })
  if ((await strengthOf(password, known)) < STRENGTH) throw new Problem('identity.password-weak')
  return hash(password, cost)
}

/** Checks a password; one that nobody has takes as long, so that names cannot be found by timing. */
export async function isPassword(stored: string | undefined, password: string): Promise<boolean> {
  const matches = await verify(stored ?? (await nobodys()), password)
  return stored !== undefined && matches
}

let nobodysHash: Promise<string> | undefined
function nobodys(): Promise<string> {
  nobodysHash ??= hash('the password of nobody', cost)
  return nobodysHash
}

/** 0 to 4, against the commonest passwords, names, words, dates, keyboard runs and what is known here. */
async function strengthOf(password: string, known: readonly string[]): Promise<number> {
  // Loaded only when somebody sets a password: the word lists take memory that a node need not hold.
  const { ZxcvbnFactory } = await import('@zxcvbn-ts/core')
  const common = await import('@zxcvbn-ts/language-common')
  const judge = new ZxcvbnFactory({
    dictionary: common.dictionary,
    graphs: common.adjacencyGraphs,
  })
  return judge.check(password, [...known]).score
}
