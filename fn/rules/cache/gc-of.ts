import { valueAt } from '../../toml/value-at.ts'
import type { TemplateFacts } from '../facts.ts'
import { isBefore } from '../is-before.ts'
import { type GcConfig, gcConfig, NO_GC } from './gc-config.ts'

/** Every rule about the cache asks for the same. */
const known = new WeakMap<TemplateFacts, GcConfig>()

/** The garbage collection of a template's builders; none of a worker that is not ours, or a BuildKit that is older than its amounts. */
export function gcOf(template: TemplateFacts): GcConfig {
  const gc = known.get(template) ?? read(template)
  known.set(template, gc)
  return gc
}

function read({ toml, image }: TemplateFacts): GcConfig {
  const isOurs = !isBefore(image.version, '0.17') && valueAt(toml, ['worker', 'oci', 'enabled'])?.value !== false
  return isOurs ? gcConfig(toml) : NO_GC
}
