import { timingSafeEqual } from 'node:crypto'
import { closedPublicView, operator, type PublicView, visitor } from '@tocsin/domain/actor.ts'
import type { App } from '../app.ts'
import type { Gate } from '../http/server.ts'
import { oncePerPage } from './page-reader.ts'
import { findActor } from './sessions.ts'

/** How other nodes are known, and how they know an answer of this one. */
type NodeGate = Pick<Gate, 'admit' | 'signIn' | 'signAnswer'>

/**
 * Who asks: another node by its signature, the operator by the token of this run, a person by their
 * session, else a visitor. Whoever signs and is not known is refused, and is never a visitor.
 */
export function openGate(
  app: App,
  operatorToken: string,
  publicView: () => Promise<PublicView>,
  nodes: NodeGate,
): Gate {
  return {
    admit: nodes.admit,
    signIn: async (request) => {
      if (request.headers['signature-input'] !== undefined) return nodes.signIn(request)
      const { authorization } = request.headers
      if (authorization === undefined) {
        return (await oncePerPage(request, () => findActor(app, request))) ?? visitor
      }
      return isSame(authorization, `Bearer ${operatorToken}`) ? operator : visitor
    },
    signAnswer: nodes.signAnswer,
    // Asked anew for each visitor, and for nobody else.
    publicView: async ({ kind }) => (kind === 'visitor' ? publicView() : closedPublicView),
  }
}

function isSame(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)]
  return a.length === b.length && timingSafeEqual(a, b)
}
