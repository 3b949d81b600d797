import type { Severity } from '../../../fn/config/settings.ts'

/** What the page asks of its worker. */
export interface Job {
  readonly text: string
  /** The manifests with which builders are compared. */
  readonly since: string
}

/** What the worker answers. */
export type Answer = { readonly rendered: Rendered } | { readonly failure: string }

/** All that the page shows of manifests. */
export interface Rendered {
  /** What `render-buildkit build` prints; empty where there is an error. */
  readonly output: string
  readonly summary: string
  readonly remarks: readonly Remark[]
  /** The rules that remarks name, by their ids. */
  readonly rules: Readonly<Record<string, Explanation>>
  readonly fix: FixOffer | 'nothing' | 'too large'
  /** Missing where there is an error. */
  readonly builders?: BuilderChanges
}

/** A finding as the page shows it. */
export interface Remark {
  readonly severity: Severity
  readonly sentence: string
  readonly position?: { readonly line: number; readonly column: number }
  readonly rule?: string
}

/** What `render-buildkit explain` prints about a rule. */
export interface Explanation {
  readonly title: string
  readonly what: string
  readonly why: string
  readonly source: string
  readonly wrong: string
  readonly right: string
}

/** What `render-buildkit fix` would change. */
export interface FixOffer {
  readonly fields: number
  readonly diff: string
  readonly after: string
}

/** Builders with their hashes, and what has changed since other manifests. */
export interface BuilderChanges {
  readonly builders: readonly BuilderChange[]
  readonly removed: readonly string[]
  readonly hidden: number
}

export interface BuilderChange {
  readonly name: string
  /** The first of its Pods, and how many others there are. */
  readonly pod: string
  readonly others: number
  readonly hash: string
  readonly fate: 'added' | 'rolls' | 'stays'
  /** Fields of the Pod; where it stays, the hash does not cover them. */
  readonly fields: readonly ChangedField[]
}

/** Values as JSON, cut where they are long; undefined where there is none. */
export interface ChangedField {
  readonly path: string
  readonly before: string | undefined
  readonly after: string | undefined
}
