import * as z from 'zod/mini'
import { optional, required } from '../field.ts'
import { Int32 } from './integer.ts'
import { LabelSelector } from './label-selector.ts'
import { atomicList } from './list.ts'

/** How evenly Pods are spread over places. */
export const TopologySpreadConstraint = z
  .strictObject({
    maxSkew: required('Maximum difference in the number of Pods between two places; at least 1.', Int32),
    topologyKey: required('Node label whose value defines a place.', z.string()),
    whenUnsatisfiable: required(
      '"DoNotSchedule" to wait for a place that fits, "ScheduleAnyway" to use the place with the smallest skew.',
      z.string(),
    ),
    labelSelector: optional('Selects the Pods that are counted.', LabelSelector),
    minDomains: optional(
      'Minimum number of places; with fewer, the scheduler counts the emptiest as having no Pod.',
      Int32,
    ),
    nodeAffinityPolicy: optional(
      '"Honor" (the default) to count only nodes that the Pod\'s affinity allows, "Ignore" to count all.',
      z.string(),
    ),
    nodeTaintsPolicy: optional(
      '"Honor" to count only nodes whose taints the Pod tolerates, "Ignore" (the default) to count all.',
      z.string(),
    ),
    matchLabelKeys: optional('Labels of the Pod itself that are added to `labelSelector`.', atomicList(z.string())),
  })
  .register(z.globalRegistry, { title: 'TopologySpreadConstraint' })
