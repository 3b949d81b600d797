import type { FieldIssue } from '../../../crds/validate.ts'
import type { Item } from '../../input/item.ts'
import type { TomlPlace } from '../../toml/toml-place.ts'

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
