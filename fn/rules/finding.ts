import type { FieldIssue } from '../../crds/validate.ts'
import type { Item } from '../item.ts'

/**
 * One place that breaks a rule. `render-buildkit fix` writes `proposedValue` where `currentValue` stands as the value or the key of the
 * field, or as the value at `toml` (where `key = value` takes the place of both); whatever else corrects it is its `fix`.
 */
export interface Finding extends FieldIssue {
  /** The object; where it is left out the template, or the first of the builders that are alike. */
  readonly item?: Item
  /** Where in `buildkitdToml` it is, both from 1. */
  readonly toml?: { readonly line: number; readonly column: number }
}
