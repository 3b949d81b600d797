import type { Buildkit } from '../../crds/buildkit.ts'
import { isEqual } from '../yaml/is-equal.ts'
import type { Wanted } from './plan.ts'

/** The fields of a Buildkit that rendering writes. */
export const POD_NAME_FIELDS = ['podName', 'podNames'] as const

/** A field of a Buildkit that is to have other names of Pods; undefined where there is to be none. */
export interface PodNameChange {
  readonly field: (typeof POD_NAME_FIELDS)[number]
  readonly value: string | readonly string[] | undefined
}

/** What a Buildkit must be told of its Pods: the name of the first, and of all where there are several. */
export function podNameChanges({ spec }: Buildkit, pods: Wanted['pods']): readonly PodNameChange[] {
  const names = pods.map(({ pod }) => pod.name)
  const wanted: readonly PodNameChange[] = [
    { field: 'podName', value: pods[0].pod.name },
    { field: 'podNames', value: names.length > 1 ? names : undefined },
  ]
  return wanted.filter(({ field, value }) => !isEqual(spec[field], value))
}
