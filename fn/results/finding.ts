import type { FieldIssue, Fix, Path } from '../../crds/validate.ts'
import type { Item } from '../input/item.ts'
import type { TomlPlace } from '../toml/read-toml.ts'

/**
 * Something to say about the input, as structure: it keeps its object, its field and its correction, and becomes text only where
 * it is written (results.ts).
 */
export interface Finding {
  readonly severity: Severity
  /** What must be, what is, and the next step; without the object, the field and the file. */
  readonly message: string
  /** The object that it is about; missing where it is about the input as a whole. */
  readonly item?: Item
  /** The field that it is about; empty for the object as a whole. */
  readonly path: Path
  /** The setting in `buildkitdToml`, where that is the field. */
  readonly toml?: TomlPlace
  /** The rule that was broken (docs/rules.md). */
  readonly rule?: RuleName
  readonly currentValue?: unknown
  readonly proposedValue?: string
  /** How it is corrected, where that is more than to write `proposedValue` for `currentValue`. */
  readonly fix?: Fix
}

/** How people call a rule: `BK301 rootful-image`. */
export interface RuleName {
  /** What programs go by; once it has stood in a release it is never used for anything else. */
  readonly id: string
  /** Says what is wrong. */
  readonly slug: string
}

export type Severity = 'error' | 'warning' | 'info'

/** Errors come first. */
export const RANK: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 }

/** A finding about one field of an object. */
export function fieldFinding(severity: Severity, item: Item, issue: FieldIssue): Finding {
  return { severity, item, ...issue }
}

/** A finding about an object as a whole. */
export function objectFinding(severity: Severity, item: Item, message: string): Finding {
  return { severity, item, path: [], message }
}

/** A finding about the input as a whole. */
export function inputFinding(severity: Severity, message: string): Finding {
  return { severity, path: [], message }
}

/** Whether a finding says that something is wrong, and does not only inform or advise. */
export function isProblem({ severity }: Finding): boolean {
  return severity !== 'info'
}

/** Whether there is an error among `findings`: exactly then the exit code is 1. */
export function hasError(findings: readonly Finding[]): boolean {
  return findings.some(({ severity }) => severity === 'error')
}
