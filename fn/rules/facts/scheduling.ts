import { BUILDKIT_LABEL, NAME_LABEL, TEMPLATE_LABEL } from '../../../crds/names.ts'
import type { Path } from '../../../crds/validate.ts'
import type { TemplateFacts } from './facts.ts'

/** A label with the one value that a node must have, and the field that says so. */
export interface DemandedLabel {
  readonly label: string
  readonly value: string
  readonly path: Path
}

/** The field whose terms a node must meet, at least one of them. */
export const NODE_TERMS = [
  'spec',
  'scheduling',
  'affinity',
  'nodeAffinity',
  'requiredDuringSchedulingIgnoredDuringExecution',
  'nodeSelectorTerms',
]

type Scheduling = TemplateFacts['spec']['scheduling']
type Affinity = NonNullable<Scheduling['affinity']>
type RequiredNodeAffinity = NonNullable<Affinity['nodeAffinity']>['requiredDuringSchedulingIgnoredDuringExecution']
export type NodeTerm = NonNullable<RequiredNodeAffinity>['nodeSelectorTerms'][number]

/** Those terms; none where a template does not demand any. */
export function requiredNodeTerms({ affinity }: Scheduling): readonly NodeTerm[] {
  return affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? []
}

/** The labels that every node of a template's builders has: its `nodeSelector`, and what the only term of a required affinity leaves no choice about. */
export function demandedLabels({ spec: { scheduling } }: TemplateFacts): readonly DemandedLabel[] {
  const { nodeSelector = {} } = scheduling
  const [{ matchExpressions = [] } = {}, ...others] = requiredNodeTerms(scheduling)
  const isChoice = others.length > 0
  return [
    ...Object.entries(nodeSelector).map(([label, value]) => {
      return { label, value, path: ['spec', 'scheduling', 'nodeSelector', label] }
    }),
    ...matchExpressions.flatMap(({ key, operator, values = [] }, at) => {
      const [value, ...more] = values
      if (isChoice || operator !== 'In' || value === undefined || more.length > 0) return []
      return [{ label: key, value, path: [...NODE_TERMS, 0, 'matchExpressions', at, 'values', 0] }]
    }),
  ]
}

type PodAffinity = NonNullable<Affinity['podAffinity']>

/** A term of a template's affinity to other Pods. */
export interface PodAffinityTerm {
  readonly term: NonNullable<PodAffinity['requiredDuringSchedulingIgnoredDuringExecution']>[number]
  readonly path: Path
  /** Of a term that is preferred only. */
  readonly weight?: { readonly path: Path; readonly value: number }
}

/** All terms of a template's `podAffinity` and `podAntiAffinity`. */
export function podAffinityTerms({ spec }: TemplateFacts): readonly PodAffinityTerm[] {
  return (['podAffinity', 'podAntiAffinity'] as const).flatMap((field) => {
    const affinity = spec.scheduling.affinity?.[field] ?? {}
    const path = ['spec', 'scheduling', 'affinity', field]
    const required = affinity.requiredDuringSchedulingIgnoredDuringExecution ?? []
    const preferred = affinity.preferredDuringSchedulingIgnoredDuringExecution ?? []
    return [
      ...required.map((term, at) => ({ term, path: [...path, 'requiredDuringSchedulingIgnoredDuringExecution', at] })),
      ...preferred.map(({ weight: value, podAffinityTerm: term }, at) => {
        const place = [...path, 'preferredDuringSchedulingIgnoredDuringExecution', at]
        return { term, path: [...place, 'podAffinityTerm'], weight: { path: [...place, 'weight'], value } }
      }),
    ]
  })
}

/** The keys of the labels that Pods of a template have, or at least one of them. */
export function podLabelKeys({ spec, buildkits }: TemplateFacts): ReadonlySet<string> {
  const own = buildkits.flatMap(({ value }) => Object.keys(value.spec.labels ?? {}))
  return new Set([BUILDKIT_LABEL, TEMPLATE_LABEL, NAME_LABEL, ...Object.keys(spec.podLabels ?? {}), ...own])
}
