import * as z from 'zod/mini'
import { optional } from '../field.ts'
import { NodeAffinity } from './node-affinity.ts'
import { PodAffinity } from './pod-affinity.ts'

/** Where a Pod may or would rather run. */
export const Affinity = z
  .strictObject({
    nodeAffinity: optional('The nodes that the Pod must or would rather run on.', NodeAffinity),
    podAffinity: optional('The other Pods that the Pod must or would rather run near to.', PodAffinity),
    podAntiAffinity: optional('The other Pods that the Pod must or would rather not run near to.', PodAffinity),
  })
  .register(z.globalRegistry, { title: 'Affinity' })
