import { valueAt } from '../../toml/value-at.ts'
import type { TomlValue } from '../../toml/values-at.ts'
import type { TemplateFacts } from './facts.ts'

/** A setting of the worker that builds, undefined where it is left out. */
export function ociWorker({ settings }: Pick<TemplateFacts, 'settings'>, key: string): TomlValue | undefined {
  return valueAt(settings, ['worker', 'oci', key])
}
