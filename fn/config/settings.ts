import type { Finding } from '../results/finding.ts'

/** Who removes a superseded Pod: our controller, once its successor is Ready, or the GitOps engine's prune. */
export type Retirement = 'controller' | 'engine'

/** A version of Kubernetes, as far as features depend on it. */
export interface KubernetesVersion {
  readonly major: number
  readonly minor: number
}

export type Severity = Finding['severity']

/** What a configuration makes of rules, by their ids. */
export type RuleSettings = Readonly<Record<string, Severity | 'none'>>
