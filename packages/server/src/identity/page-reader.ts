import { randomBytes } from 'node:crypto'
import type { PersonActor } from '@tocsin/domain/actor.ts'
import type { FastifyRequest } from 'fastify'

type Found = Promise<PersonActor | undefined>

/** By this header the questions of one page name it; the name cannot be guessed and lives as long as the drawing. */
export const PAGE_HEADER = 'x-tocsin-page'

/** Who reads each page that is being drawn, once that was looked up. */
const drawings = new Map<string, { found: Found | undefined }>()

/** Draws a page for whoever reads it: they are looked up once, however many questions the page asks. */
export async function forOneReader<T>(draw: (page: string) => Promise<T>): Promise<T> {
  const page = randomBytes(32).toString('base64url')
  drawings.set(page, { found: undefined })
  try {
    return await draw(page)
  } finally {
    drawings.delete(page)
  }
}

/** Looks up who asks; of the questions of one page only the first does, and no other page knows. */
export function oncePerPage({ headers }: FastifyRequest, find: () => Found): Found {
  const drawing = drawings.get(String(headers[PAGE_HEADER] ?? ''))
  if (!drawing) return find()
  drawing.found ??= find()
  return drawing.found
}
