import { oncePer } from '../../common/once-per.ts'
import { valueAt } from '../../toml/value-at.ts'
import { type GcConfig, gcConfig, NO_GC } from '../../upstream/buildkit/gc-config.ts'
import { isBefore } from '../../upstream/is-before.ts'
import type { TemplateFacts } from './facts.ts'

/**
 * The garbage collection of a template's builders, which every rule about the cache asks for; none of a worker that is not ours, or a
 * BuildKit that is older than its amounts.
 */
export const gcOf = oncePer(read)

function read({ settings, image }: TemplateFacts): GcConfig {
  const isOurs = !isBefore(image.version, '0.17') && valueAt(settings, ['worker', 'oci', 'enabled'])?.value !== false
  return isOurs ? gcConfig(settings) : NO_GC
}
