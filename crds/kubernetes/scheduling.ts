import * as z from 'zod/mini'
import { optional, required } from '../field.ts'
import { atomicList } from './list.ts'
import { Int32, Int64, StringMap } from './scalars.ts'

const LabelSelectorRequirement = z
  .strictObject({
    key: required('Key of the label.', z.string()),
    operator: required('How the label is compared: "In", "NotIn", "Exists" or "DoesNotExist".', z.string()),
    values: optional('Values for "In" and "NotIn"; empty for the other operators.', atomicList(z.string())),
  })
  .register(z.globalRegistry, { title: 'LabelSelectorRequirement' })

/** Which objects are meant, by their labels; an empty one means all. */
const LabelSelector = z
  .strictObject({
    matchLabels: optional('Labels that an object must have, with exactly these values.', StringMap),
    matchExpressions: optional(
      'Requirements on labels; an object must meet all of them.',
      atomicList(LabelSelectorRequirement),
    ),
  })
  .register(z.globalRegistry, { title: 'LabelSelector', 'x-kubernetes-map-type': 'atomic' })

const NodeSelectorRequirement = z
  .strictObject({
    key: required('Key of the label, or name of the field in `matchFields`.', z.string()),
    operator: required('How it is compared: "In", "NotIn", "Exists", "DoesNotExist", "Gt" or "Lt".', z.string()),
    values: optional(
      'Values to compare with: none for "Exists" and "DoesNotExist", one integer for "Gt" and "Lt".',
      atomicList(z.string()),
    ),
  })
  .register(z.globalRegistry, { title: 'NodeSelectorRequirement' })

const NodeSelectorTerm = z
  .strictObject({
    matchExpressions: optional(
      'Requirements on labels of the node; the node must meet all of them.',
      atomicList(NodeSelectorRequirement),
    ),
    matchFields: optional(
      'Requirements on fields of the node (`metadata.name`); the node must meet all of them.',
      atomicList(NodeSelectorRequirement),
    ),
  })
  .register(z.globalRegistry, { title: 'NodeSelectorTerm', 'x-kubernetes-map-type': 'atomic' })

const NodeSelector = z
  .strictObject({
    nodeSelectorTerms: required('Terms; a node must meet at least one of them.', atomicList(NodeSelectorTerm)),
  })
  .register(z.globalRegistry, { title: 'NodeSelector', 'x-kubernetes-map-type': 'atomic' })

const PreferredSchedulingTerm = z
  .strictObject({
    weight: required('Weight of the term, from 1 to 100.', Int32),
    preference: required('Term that the node is compared with.', NodeSelectorTerm),
  })
  .register(z.globalRegistry, { title: 'PreferredSchedulingTerm' })

/** Which nodes a Pod may or would rather run on. */
const NodeAffinity = z
  .strictObject({
    requiredDuringSchedulingIgnoredDuringExecution: optional(
      'Requirements that a node must meet to run the Pod.',
      NodeSelector,
    ),
    preferredDuringSchedulingIgnoredDuringExecution: optional(
      'Preferences; the node with the greatest sum of weights wins.',
      atomicList(PreferredSchedulingTerm),
    ),
  })
  .register(z.globalRegistry, { title: 'NodeAffinity' })

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
const PodAffinity = z
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

/** Where a Pod may or would rather run. */
export const Affinity = z
  .strictObject({
    nodeAffinity: optional('Nodes on which the Pod must run, or is preferred to run.', NodeAffinity),
    podAffinity: optional('Other Pods near which the Pod must run, or is preferred to run.', PodAffinity),
    podAntiAffinity: optional('Other Pods near which the Pod must not run, or is preferred not to run.', PodAffinity),
  })
  .register(z.globalRegistry, { title: 'Affinity' })

/** A taint that a Pod puts up with. */
export const Toleration = z
  .strictObject({
    key: optional('Key of the taint; an empty key with the operator "Exists" matches every taint.', z.string()),
    operator: optional(
      'How `value` is compared with the taint\'s: "Equal" (the default), "Exists" (any value), "Lt" or "Gt".',
      z.string(),
    ),
    value: optional('Value of the taint; empty with the operator "Exists".', z.string()),
    effect: optional(
      'Effect of the taint: "NoSchedule", "PreferNoSchedule" or "NoExecute"; empty matches all of them.',
      z.string(),
    ),
    tolerationSeconds: optional(
      'How long the Pod stays on a node after a "NoExecute" taint appears; forever if not set.',
      Int64,
    ),
  })
  .register(z.globalRegistry, { title: 'Toleration' })

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
