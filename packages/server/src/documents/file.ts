import type { FastifyReply } from 'fastify'

/** Answers with a file to save. Nothing on the way keeps a copy: it may hold codes. */
export function asFile(
  reply: FastifyReply,
  { name, type }: { readonly name: string; readonly type: string },
): void {
  reply.type(type)
  reply.headers({
    'content-disposition': `attachment; filename="${name.replace(/[^\w.-]+/g, '-')}"`,
    'cache-control': 'no-store',
  })
}
