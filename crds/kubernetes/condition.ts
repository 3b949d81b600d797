import * as z from 'zod/mini'
import { optional, required } from '../field.ts'
import { Int64 } from './integer.ts'
import { Timestamp } from './timestamp.ts'

/** One aspect of an object's state. */
export const Condition = z
  .strictObject({
    type: required('The aspect, for example "Ready".', z.string()),
    status: required('"True", "False" or "Unknown".', z.string()),
    reason: required('Why, in one CamelCase word that programs may rely on.', z.string()),
    message: optional('Why, in a sentence for people.', z.string()),
    lastTransitionTime: required('When `status` last changed.', Timestamp),
    observedGeneration: optional('The `metadata.generation` that the condition was seen for.', Int64),
  })
  .register(z.globalRegistry, { title: 'Condition' })
