import * as z from 'zod/mini'
import { optional, required } from '../field.ts'
import { atomicList } from './list.ts'
import { StringMap } from './string-map.ts'

const LabelSelectorRequirement = z
  .strictObject({
    key: required('Key of the label.', z.string()),
    operator: required('How the label is compared: "In", "NotIn", "Exists" or "DoesNotExist".', z.string()),
    values: optional('Values for "In" and "NotIn"; empty for the other operators.', atomicList(z.string())),
  })
  .register(z.globalRegistry, { title: 'LabelSelectorRequirement' })

/** Which objects are meant, by their labels; an empty one means all. */
export const LabelSelector = z
  .strictObject({
    matchLabels: optional('Labels that an object must have, with exactly these values.', StringMap),
    matchExpressions: optional(
      'Requirements on labels; an object must meet all of them.',
      atomicList(LabelSelectorRequirement),
    ),
  })
  .register(z.globalRegistry, { title: 'LabelSelector', 'x-kubernetes-map-type': 'atomic' })
