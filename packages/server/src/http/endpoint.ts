import type { Input, Output, Route } from '@tocsin/api/route.ts'
import type { Actor, PublicView } from '@tocsin/domain/actor.ts'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { App } from '../app.ts'

/** Who may use a route at all. What they may do to a given thing is the command's first line. */
export type Permission = (actor: Actor, publicView: PublicView) => boolean

/** The request and reply, for the few routes that set cookies or headers. */
export type Exchange = { readonly request: FastifyRequest; readonly reply: FastifyReply }

/** A route, who may use it, and the function that answers it. */
export type Endpoint = {
  readonly route: Route
  readonly may: Permission
  readonly answer: (app: App, actor: Actor, input: unknown, exchange: Exchange) => Promise<unknown>
}

export function handle<R extends Route>(
  route: R,
  may: Permission,
  answer: (app: App, actor: Actor, input: Input<R>, exchange: Exchange) => Promise<Output<R>>,
): Endpoint {
  return {
    route,
    may,
    answer: (app, actor, input, exchange) => answer(app, actor, input as Input<R>, exchange),
  }
}
