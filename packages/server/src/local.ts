import { type Config, readConfig } from './config.ts'
import { type RunningNode, startNode } from './node.ts'

/** Starts the node that the environment describes. */
export function startLocalNode(environment: Record<string, string | undefined>): {
  readonly config: Config
  readonly started: Promise<RunningNode>
} {
  const config = readConfig(environment)
  return { config, started: startNode(config) }
}
