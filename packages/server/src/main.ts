import type { App } from './app.ts'
import type { Executors } from './approvals/four-eyes.ts'
import { approvalEndpoints } from './approvals/routes.ts'
import { auditEndpoints } from './audit/routes.ts'
import { countryEndpoints } from './countries/routes.ts'
import { closeMatter } from './docket/commands.ts'
import { beat } from './docket/heartbeat.ts'
import { docketEndpoints } from './docket/routes.ts'
import { playExercises } from './exercises/play.ts'
import { exerciseEndpoints } from './exercises/routes.ts'
import type { Endpoint } from './http/endpoint.ts'
import type { Gate } from './http/server.ts'
import { openGate } from './identity/gate.ts'
import { providerEndpoints } from './identity/provider-routes.ts'
import { identityEndpoints } from './identity/routes.ts'
import type { Handlers } from './jobs/queue.ts'
import type { Round } from './jobs/ticker.ts'
import { renewSetUpLink } from './people/invitations.ts'
import { grantAdministrator, recoverPerson } from './people/roles.ts'
import { peopleEndpoints } from './people/routes.ts'
import { openPublicView, readPublicView } from './people/settings.ts'
import { reportEndpoints } from './reports/routes.ts'
import { buildEdition } from './risk/jobs.ts'
import { riskEndpoints } from './risk/routes.ts'
import { keepShippedEditions } from './risk/shipped.ts'
import { endInterrupted } from './sources/progress.ts'
import { sourceEndpoints } from './sources/routes.ts'
import { expireWarnings } from './warnings/cancel.ts'
import { runDueSteps } from './warnings/escalation.ts'
import { drainOutbox } from './warnings/outbox.ts'
import { warningEndpoints } from './warnings/routes.ts'

/** How each act that takes two persons is done: a kind without an executor does not compile. */
const executors: Executors = {
  'docket.close-matter': closeMatter,
  'people.grant-administrator': grantAdministrator,
  'people.recover-account': recoverPerson,
  'settings.open-public-view': openPublicView,
}

/** Every route of every area. */
export const endpoints: readonly Endpoint[] = [
  ...approvalEndpoints(executors),
  ...auditEndpoints,
  ...countryEndpoints,
  ...docketEndpoints,
  ...exerciseEndpoints,
  ...identityEndpoints,
  ...peopleEndpoints,
  ...providerEndpoints,
  ...reportEndpoints,
  ...riskEndpoints,
  ...sourceEndpoints,
  ...warningEndpoints,
]

/** What each kind of job does: a kind without a handler does not compile. */
export function jobHandlers(app: App): Handlers {
  return {
    'risk.build-edition': ({ editionId }) => buildEdition(app, editionId),
  }
}

/** What is looked at again and again, each list on its own: notices that take long hold up no clock. */
export const rounds = (app: App): readonly Round[] => [
  {
    ticks: [() => runDueSteps(app), () => expireWarnings(app)],
    beat: () => beat(app, 'clocks'),
  },
  { ticks: [() => drainOutbox(app)], beat: () => beat(app, 'notices') },
  // What is only practised holds up nothing, and its faults are no alarm.
  { ticks: [() => playExercises(app)] },
]

/** Who asks, and what visitors may see. */
export function gateOf(app: App, operatorToken: string): Gate {
  return openGate(app, operatorToken, () => readPublicView(app))
}

/** What a node does once at every start: facts it ships, links it still owes. */
export async function prepare(app: App): Promise<{ readonly setUpLink: string | undefined }> {
  await keepShippedEditions(app)
  await endInterrupted(app)
  return { setUpLink: await renewSetUpLink(app) }
}
