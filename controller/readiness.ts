import type { Checks } from './health-server.ts'
import { boundedText } from './kube/bounded-text.ts'
import { type Scope, WATCHED_RESOURCES } from './watches.ts'

/**
 * The checks of `/readyz` on what is watched. A namespace that is refused does not make us unready while another one is served: whoever
 * may take our permissions there away must not hold up an upgrade. Later silence is a metric, and no reason to take us for unready.
 */
export function readinessOf(scopes: readonly Scope[]): Checks['readyz'] {
  const isServed = (scope: Scope) => WATCHED_RESOURCES.every(scope.isServed)
  const checks = scopes.map((scope): [string, Checks['readyz'][string]] => [
    scope.namespace === '' ? 'sync' : `namespace/${scope.namespace}`,
    () => {
      if (isServed(scope)) return undefined
      const refusal = refusalOf(scope)
      if (refusal === undefined) return 'the first lists are not complete'
      return scopes.some(isServed) ? { tolerated: refusal } : refusal
    },
  ])
  return Object.fromEntries(checks)
}

function refusalOf(scope: Scope): string | undefined {
  const refused = WATCHED_RESOURCES.filter((resource) => scope.refusal(resource) !== undefined)
  const words = refused.map((resource) => `${resource} are refused: ${scope.refusal(resource)}`)
  return words.length > 0 ? boundedText(words.join('; ')) : undefined
}
