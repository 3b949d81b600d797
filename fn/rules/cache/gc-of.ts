import { valueAt } from '../../toml/value-at.ts'
import type { TemplateFacts } from '../facts.ts'
import { isBefore } from '../is-before.ts'
import { type GcConfig, gcConfig } from './gc-config.ts'

/** The garbage collection of a template's builders; undefined where another worker builds, or BuildKit is older than its names. */
export function gcOf({ toml, image }: TemplateFacts): GcConfig | undefined {
  if (isBefore(image.version, '0.17')) return undefined
  return valueAt(toml, ['worker', 'oci', 'enabled'])?.value === false ? undefined : gcConfig(toml)
}
