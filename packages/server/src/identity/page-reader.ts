import { AsyncLocalStorage } from 'node:async_hooks'
import type { PersonActor } from '@tocsin/domain/actor.ts'
import type { FastifyRequest } from 'fastify'

type Found = Promise<PersonActor | undefined>

/** Who stands behind which cookie, for as long as one page is drawn. */
const readers = new AsyncLocalStorage<Map<string, Found>>()

/** Draws a page for whoever reads it: they are looked up once, however many questions the page asks. */
export const forOneReader = <T>(draw: () => Promise<T>): Promise<T> => readers.run(new Map(), draw)

/** Looks up who asks; of the questions of one page only the first does, and no other page knows. */
export function oncePerPage(request: FastifyRequest, find: () => Found): Found {
  const known = readers.getStore()
  if (!known) return find()
  const { cookie = '' } = request.headers
  const found = known.get(cookie) ?? find()
  known.set(cookie, found)
  return found
}
