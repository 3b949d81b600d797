import * as z from 'zod/mini'
import { optional, required } from '../field.ts'
import { Int32 } from './integer.ts'
import { LabelSelector } from './label-selector.ts'
import { atomicList } from './list.ts'

const PodAffinityTerm = z
  .strictObject({
    labelSelector: optional('The other Pods that are meant; none if left out.', LabelSelector),
    namespaces: optional(
      'Names of the namespaces of the other Pods; the own one if this and `namespaceSelector` are empty.',
      atomicList(z.string()),
    ),
    namespaceSelector: optional(
      'The namespaces of the other Pods by label, beside those in `namespaces`; an empty one means all.',
      LabelSelector,
    ),
    topologyKey: required('The node label whose value says what counts as the same place.', z.string()),
    matchLabelKeys: optional(
      'Labels whose values in the Pod itself are added to `labelSelector` as required.',
      atomicList(z.string()),
    ),
    mismatchLabelKeys: optional(
      'Labels whose values in the Pod itself are added to `labelSelector` as excluded.',
      atomicList(z.string()),
    ),
  })
  .register(z.globalRegistry, { title: 'PodAffinityTerm' })

const WeightedPodAffinityTerm = z
  .strictObject({
    weight: required('How much the term counts, from 1 to 100.', Int32),
    podAffinityTerm: required('What the node is compared with.', PodAffinityTerm),
  })
  .register(z.globalRegistry, { title: 'WeightedPodAffinityTerm' })

/** Which other Pods a Pod belongs together with or, as an anti-affinity, is kept apart from. */
export const PodAffinity = z
  .strictObject({
    requiredDuringSchedulingIgnoredDuringExecution: optional(
      'Terms that must all be met.',
      atomicList(PodAffinityTerm),
    ),
    preferredDuringSchedulingIgnoredDuringExecution: optional(
      'Terms that are preferred; the node with the best sum of weights wins.',
      atomicList(WeightedPodAffinityTerm),
    ),
  })
  .register(z.globalRegistry, { title: 'PodAffinity' })
