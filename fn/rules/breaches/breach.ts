import type { FieldIssue } from '../../../crds/validate.ts'
import type { Item } from '../../input/item.ts'
import { overrideAt } from '../../toml/override.ts'
import type { TomlDocument, TomlPlace } from '../../toml/read-toml.ts'
import { TOML_FIELD, type TomlValue, valueAt } from '../../toml/values-at.ts'
import type { BuilderFacts, Configured, TemplateFacts } from '../facts/facts.ts'
import type { InsecureRegistry } from '../facts/registries.ts'
import { ociWorker } from '../facts/situation-of.ts'
import type { OwnAnnotation } from '../facts/user-fields.ts'

/**
 * One place that breaks a rule. `render-buildkit fix` writes `proposedValue` where `currentValue` is the value or the key of the
 * field, or the value at `toml` (where `key = value` takes the place of both); whatever else corrects it is its `fix`.
 */
export interface Breach extends FieldIssue {
  /** The object; where it is left out the template, or the first of the builders that are alike. */
  readonly item?: Item
  /** The setting in `buildkitdToml` that it is about. */
  readonly toml?: TomlPlace
}

/** What is wrong with a setting of buildkitd: where `buildkitdToml` has it, or the flag that sets it. */
export function breachAt({ toml, path }: TomlPlace, message: string): Breach {
  const override = 'value' in toml ? overrideAt(toml, path) : undefined
  const original = 'value' in toml ? (toml.original ?? toml) : toml
  if (!override) return { path: TOML_FIELD, toml: { toml: original, path }, message }
  return { path: override.field, message: `${message}; \`${override.name}\` sets it` }
}

/** A finding about the setting at `path`, or the nearest that holds it. */
export function nearestBreach(settings: TomlDocument | undefined, path: readonly string[], message: string): Breach {
  const nearest = path
    .map((_, at) => valueAt(settings, path.slice(0, path.length - at)))
    .find((found) => found !== undefined)
  return nearest ? breachAt(nearest, message) : { path: TOML_FIELD, message }
}

/** A finding for each of these settings of the worker that stands in `buildkitdToml`. */
export function ociWorkerBreaches(
  template: TemplateFacts,
  keys: readonly string[],
  messageOf: (key: string, value: unknown) => string,
): readonly Breach[] {
  return keys.flatMap((key) => {
    const setting = ociWorker(template, key)
    return setting ? [breachAt(setting, messageOf(key, setting.value))] : []
  })
}

/** What a builder's limit has to do with its template's configuration: a finding about that, once for all builders. */
export function cacheBreach({ template }: BuilderFacts, value: TomlValue | undefined, message: string): Breach {
  return { item: template.template.item, ...(value ? breachAt(value, message) : { path: TOML_FIELD, message }) }
}

/** A finding about an annotation that users gave their Pods. */
export function annotationBreach({ item, path, value }: OwnAnnotation, message: string): Breach {
  return { item, path, message, currentValue: value }
}

/** What is wrong with a registry whose certificate nobody looks at, and what to do instead. */
export function insecureRegistryBreach(
  { settings }: Configured,
  { host, key }: InsecureRegistry,
  instead: string,
): Breach {
  const consequence =
    key === 'http' ? 'images and credentials travel in clear text' : 'BuildKit does not verify its certificate'
  const message = `\`registry."${host}".${key}\` must not be true; ${consequence}; ${instead}`
  return nearestBreach(settings, ['registry', host, key], message)
}
