import * as z from 'zod/mini'
import { optional } from '../field.ts'
import { Int64 } from './integer.ts'

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
