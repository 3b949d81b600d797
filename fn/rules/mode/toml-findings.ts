import { placeOf } from '../../toml/value-at.ts'
import type { TemplateFacts } from '../facts.ts'
import type { Finding } from '../finding.ts'
import { ociWorker } from './oci-worker.ts'

/** A finding for each of these settings of the worker that stands in `buildkitdToml`. */
export function tomlFindings(
  template: TemplateFacts,
  keys: readonly string[],
  messageOf: (key: string, value: unknown) => string,
): readonly Finding[] {
  return keys.flatMap((key) => {
    const setting = ociWorker(template, key)
    return setting ? [{ ...placeOf(setting), message: messageOf(key, setting.value) }] : []
  })
}
