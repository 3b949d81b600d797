import { valueAt } from '../../toml/value-at.ts'
import type { TomlValue } from '../../toml/values-at.ts'
import type { TemplateFacts } from '../facts.ts'

/** A setting of the worker that builds, undefined where it is left out. */
export function ociWorker({ toml }: Pick<TemplateFacts, 'toml'>, key: string): TomlValue | undefined {
  return valueAt(toml, ['worker', 'oci', key])
}
