import { addressOf, type Client } from '@tocsin/api/client.ts'
import type { Route } from '@tocsin/api/route.ts'

/** The answers a page was drawn from, by their address: the page carries them to the browser. */
export type Answers = Record<string, unknown>

/** A client that also writes down what it was told. */
export function recording(client: Client, answers: Answers): Client {
  return async (route, input) => {
    const answer = await client(route, input)
    if (route.method === 'GET') answers[addressOf(route, input)] = answer
    return answer
  }
}

/**
 * A client that first looks among the answers the page came with, each of them once. Answers of
 * `lasting` routes hold as long as the page is open: they are asked for once on a slow link.
 */
export function remembering(client: Client, answers: Answers, lasting: readonly Route[]): Client {
  return async (route, input) => {
    if (route.method !== 'GET') return client(route, input)
    const address = addressOf(route, input)
    const known = answers[address]
    const answer = known === undefined ? await client(route, input) : known
    if (lasting.includes(route)) answers[address] = answer
    else delete answers[address]
    return answer as never
  }
}

/** A client that tells what was kept on the device where the node does not answer. */
export function fallingBack(client: Client, readKept: () => Promise<Answers | undefined>): Client {
  return async (route, input) => {
    try {
      return await client(route, input)
    } catch (fault) {
      if (route.method !== 'GET' || !isUnreachable(fault)) throw fault
      const kept = (await readKept())?.[addressOf(route, input)]
      if (kept === undefined) throw fault
      return kept as never
    }
  }
}

/** What `fetch` throws where no answer came: the browser has no word of its own for it. */
export const isUnreachable = (fault: unknown): boolean =>
  typeof document !== 'undefined' && fault instanceof TypeError
