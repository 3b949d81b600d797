import type { Path } from '../../../crds/validate.ts'
import type { TemplateFacts } from './facts.ts'

type Affinity = NonNullable<TemplateFacts['spec']['scheduling']['affinity']>
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
