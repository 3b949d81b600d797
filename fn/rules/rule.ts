import type { KubernetesVersion, Severity } from '../config/settings.ts'
import type { RuleName } from '../results/finding.ts'
import type { Breach } from './breaches/breach.ts'
import type { Chapter } from './chapters.ts'
import type { Example } from './example.ts'
import type { BuilderFacts, Configured, PackageFacts, TemplateFacts, Written } from './facts/facts.ts'
import type { IdleIgnore } from './facts/ignores.ts'
import type { Row } from './facts/situation.ts'
import type { BuilderSubject, PackageSubject, TemplateSubject } from './subjects.ts'

/** A rule with what its place says: `mode/BK301-rootful-image.ts`. */
export type Entry = Rule & RuleName & { readonly chapter: Chapter }

/** A rule with its place. One at a time: the compiler does not take a list of so many unions. */
export function entry(place: RuleName & { readonly chapter: Chapter }, rule: Rule): Entry {
  return { ...place, ...rule }
}

/** What is checked, and what docs/rules.md and `render-buildkit explain` say of it. */
export type Rule = RuleKind &
  (
    | RuleOf<'template', TemplateFacts, Exclude<TemplateSubject, 'settings' | 'toml'>>
    | Required<RuleOf<'template', Configured, 'settings'>>
    | Required<RuleOf<'template', Written, 'toml'>>
    | RuleOf<'builder', BuilderFacts, BuilderSubject>
    | RuleOf<'package', PackageFacts, PackageSubject>
    | RuleOf<'ignores', readonly IdleIgnore[], never>
  )

interface RuleKind {
  /** `error` only for what cannot work, or is unsafe by construction; `info` for what may well be right. */
  readonly severity: Severity
  /** For an error that nobody can want to silence on one object: the Pod cannot run. */
  readonly cannotWork?: true
  /** A function, because a render needs no such text, and what is not called costs nothing when the program starts. */
  readonly text: () => RuleText
  /** Its rows in the mode matrix, of which docs/modes.md is made. */
  readonly rows?: readonly Row[]
}

/** What people read of a rule. */
interface RuleText {
  /** One sentence: what is wrong. */
  readonly what: string
  /** Why it matters: what would happen on the node or in the cluster. */
  readonly why: string
  /** Where that is known from: an upstream file with its version, an issue, a KEP. */
  readonly source: string
  /** Manifests that trigger it, and such that do not, for a cluster of this version where it matters. */
  readonly example: { readonly wrong: Example; readonly right: Example; readonly kubernetes?: KubernetesVersion }
}

interface RuleOf<Kind, Facts, Subject> {
  /** What is judged: each template, the builders that are alike, all that was given together, or what nobody needs to ignore. */
  readonly of: Kind
  /** What must be there for the rule to find anything. */
  readonly needs?: Subject
  /** Everything that breaks the rule. Pure. */
  readonly find: (facts: Facts) => readonly Breach[]
}
