import { Problem } from '@tocsin/domain/problem.ts'
import type { FastifyInstance } from 'fastify'

/** Nothing from elsewhere: no third party learns which country somebody reads about. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ')

export function setSecurityHeaders(server: FastifyInstance): void {
  server.addHook('onRequest', async (_request, reply) => {
    reply.headers({
      'content-security-policy': policy,
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'permissions-policy': 'geolocation=(), camera=(), microphone=()',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
    })
  })
}

/** A page of another site must not act with this site's cookie (SameSite=Strict is the first guard). */
export function refuseForeignOrigin(server: FastifyInstance, own: string): void {
  server.addHook('onRequest', async (request) => {
    if (request.method === 'GET' || request.method === 'HEAD') return
    const { origin } = request.headers
    const accepted = [own, `${request.protocol}://${request.host}`]
    if (origin !== undefined && !accepted.includes(origin)) {
      throw new Problem('request.foreign-origin')
    }
  })
}
