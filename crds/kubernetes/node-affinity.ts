import * as z from 'zod/mini'
import { optional, required } from '../field.ts'
import { Int32 } from './integer.ts'
import { atomicList } from './list.ts'

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
export const NodeAffinity = z
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
