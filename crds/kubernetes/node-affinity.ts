import * as z from 'zod/mini'
import { optional, required } from '../field.ts'
import { Int32 } from './integer.ts'
import { atomicList } from './list.ts'

const NodeSelectorRequirement = z
  .strictObject({
    key: required('The label, or in `matchFields` the field, that is looked at.', z.string()),
    operator: required('How it is compared: "In", "NotIn", "Exists", "DoesNotExist", "Gt" or "Lt".', z.string()),
    values: optional(
      'The values to compare with: none for "Exists" and "DoesNotExist", one whole number for "Gt" and "Lt".',
      atomicList(z.string()),
    ),
  })
  .register(z.globalRegistry, { title: 'NodeSelectorRequirement' })

const NodeSelectorTerm = z
  .strictObject({
    matchExpressions: optional(
      'Conditions on labels of the node, all of which must be met.',
      atomicList(NodeSelectorRequirement),
    ),
    matchFields: optional(
      'Conditions on fields of the node (`metadata.name`), all of which must be met.',
      atomicList(NodeSelectorRequirement),
    ),
  })
  .register(z.globalRegistry, { title: 'NodeSelectorTerm', 'x-kubernetes-map-type': 'atomic' })

const NodeSelector = z
  .strictObject({
    nodeSelectorTerms: required('Terms of which a node must meet at least one.', atomicList(NodeSelectorTerm)),
  })
  .register(z.globalRegistry, { title: 'NodeSelector', 'x-kubernetes-map-type': 'atomic' })

const PreferredSchedulingTerm = z
  .strictObject({
    weight: required('How much the term counts, from 1 to 100.', Int32),
    preference: required('What the node is compared with.', NodeSelectorTerm),
  })
  .register(z.globalRegistry, { title: 'PreferredSchedulingTerm' })

/** Which nodes a Pod may or would rather run on. */
export const NodeAffinity = z
  .strictObject({
    requiredDuringSchedulingIgnoredDuringExecution: optional('What a node must be like to run the Pod.', NodeSelector),
    preferredDuringSchedulingIgnoredDuringExecution: optional(
      'What a node is preferred for; the one with the greatest sum of weights wins.',
      atomicList(PreferredSchedulingTerm),
    ),
  })
  .register(z.globalRegistry, { title: 'NodeAffinity' })
