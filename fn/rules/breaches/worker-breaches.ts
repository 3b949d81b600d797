import type { TemplateFacts } from '../facts/facts.ts'
import { ociWorker } from '../facts/oci-worker.ts'
import type { Breach } from './breach.ts'
import { breachAt } from './breach-at.ts'

/** A finding for each of these settings of the worker that stands in `buildkitdToml`. */
export function tomlBreaches(
  template: TemplateFacts,
  keys: readonly string[],
  messageOf: (key: string, value: unknown) => string,
): readonly Breach[] {
  return keys.flatMap((key) => {
    const setting = ociWorker(template, key)
    return setting ? [breachAt(setting, messageOf(key, setting.value))] : []
  })
}
