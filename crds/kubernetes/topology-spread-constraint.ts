import * as z from 'zod/mini'
import { optional, required } from '../field.ts'
import { Int32 } from './integer.ts'
import { LabelSelector } from './label-selector.ts'
import { atomicList } from './list.ts'

/** How evenly Pods are spread over places. */
export const TopologySpreadConstraint = z
  .strictObject({
    maxSkew: required('By how many Pods two places may differ; at least 1.', Int32),
    topologyKey: required('The node label whose value says what counts as the same place.', z.string()),
    whenUnsatisfiable: required(
      '"DoNotSchedule" to wait for a place that fits, "ScheduleAnyway" to take the least uneven one.',
      z.string(),
    ),
    labelSelector: optional('The Pods that are counted.', LabelSelector),
    minDomains: optional('With fewer places than this, the emptiest counts as having no Pod.', Int32),
    nodeAffinityPolicy: optional(
      '"Honor" (the default) to count only nodes that the Pod\'s affinity allows, "Ignore" to count all.',
      z.string(),
    ),
    nodeTaintsPolicy: optional(
      '"Honor" to count only nodes whose taints the Pod tolerates, "Ignore" (the default) to count all.',
      z.string(),
    ),
    matchLabelKeys: optional(
      'Labels whose values in the Pod itself are added to `labelSelector`.',
      atomicList(z.string()),
    ),
  })
  .register(z.globalRegistry, { title: 'TopologySpreadConstraint' })
