import * as z from 'zod/mini'
import { optional, required } from '../field.ts'
import { Int32 } from './integer.ts'
import { LabelSelector } from './label-selector.ts'
import { atomicList } from './list.ts'

const PodAffinityTerm = z
  .strictObject({
    labelSelector: optional('Selects the other Pods; none if not set.', LabelSelector),
    namespaces: optional(
      "Namespaces of the other Pods; the Pod's own if this and `namespaceSelector` are empty.",
      atomicList(z.string()),
    ),
    namespaceSelector: optional(
      'Selects namespaces of the other Pods, in addition to `namespaces`; an empty selector selects all.',
      LabelSelector,
    ),
    topologyKey: required('Node label whose value defines a place.', z.string()),
    matchLabelKeys: optional(
      'Labels of the Pod itself that are added to `labelSelector` as required.',
      atomicList(z.string()),
    ),
    mismatchLabelKeys: optional(
      'Labels of the Pod itself that are added to `labelSelector` as excluded.',
      atomicList(z.string()),
    ),
  })
  .register(z.globalRegistry, { title: 'PodAffinityTerm' })

const WeightedPodAffinityTerm = z
  .strictObject({
    weight: required('Weight of the term, from 1 to 100.', Int32),
    podAffinityTerm: required('Term that the node is compared with.', PodAffinityTerm),
  })
  .register(z.globalRegistry, { title: 'WeightedPodAffinityTerm' })

/** Which other Pods a Pod belongs together with or, as an anti-affinity, is kept apart from. */
export const PodAffinity = z
  .strictObject({
    requiredDuringSchedulingIgnoredDuringExecution: optional(
      'Required terms; a node must meet all of them.',
      atomicList(PodAffinityTerm),
    ),
    preferredDuringSchedulingIgnoredDuringExecution: optional(
      'Preferred terms; the node with the greatest sum of weights wins.',
      atomicList(WeightedPodAffinityTerm),
    ),
  })
  .register(z.globalRegistry, { title: 'PodAffinity' })
