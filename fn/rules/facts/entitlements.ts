import { valueAt } from '../../toml/value-at.ts'
import type { TemplateFacts } from './facts.ts'

/** The key of buildkitd.toml that lists what builds may ask for. */
export const ENTITLEMENTS = 'insecure-entitlements'

/** What builds may ask for, each once. */
export function entitlementsOf({ settings }: TemplateFacts): readonly string[] {
  const value = valueAt(settings, [ENTITLEMENTS])?.value
  return Array.isArray(value) ? [...new Set(value.filter((one) => typeof one === 'string'))] : []
}
