import * as z from 'zod/mini'
import { optional, required } from '../field.ts'
import { Int64, Timestamp } from './scalars.ts'

/** One aspect of an object's state. */
export const Condition = z
  .strictObject({
    type: required('Type of the condition, for example "Ready".', z.string()),
    status: required('"True", "False" or "Unknown".', z.string()),
    reason: required('Reason as a CamelCase word, for programs.', z.string()),
    message: optional('Reason as a sentence, for people.', z.string()),
    lastTransitionTime: required('When `status` last changed.', Timestamp),
    observedGeneration: optional('The `metadata.generation` that the condition describes.', Int64),
  })
  .register(z.globalRegistry, { title: 'Condition' })
