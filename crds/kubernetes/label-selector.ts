import * as z from 'zod/mini'
import { optional, required } from '../field.ts'
import { atomicList } from './list.ts'
import { StringMap } from './string-map.ts'

const LabelSelectorRequirement = z
  .strictObject({
    key: required('The label that is looked at.', z.string()),
    operator: required('How the label is compared: "In", "NotIn", "Exists" or "DoesNotExist".', z.string()),
    values: optional(
      'The values that "In" and "NotIn" compare with; empty for the other operators.',
      atomicList(z.string()),
    ),
  })
  .register(z.globalRegistry, { title: 'LabelSelectorRequirement' })

/** Which objects are meant, by their labels; an empty one means all. */
export const LabelSelector = z
  .strictObject({
    matchLabels: optional('Labels that an object must have with exactly these values.', StringMap),
    matchExpressions: optional(
      'Conditions on labels, all of which an object must meet.',
      atomicList(LabelSelectorRequirement),
    ),
  })
  .register(z.globalRegistry, { title: 'LabelSelector', 'x-kubernetes-map-type': 'atomic' })
