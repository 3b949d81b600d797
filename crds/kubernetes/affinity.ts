import * as z from 'zod/mini'
import { optional } from '../field.ts'
import { NodeAffinity } from './node-affinity.ts'
import { PodAffinity } from './pod-affinity.ts'

/** Where a Pod may or would rather run. */
export const Affinity = z
  .strictObject({
    nodeAffinity: optional('Nodes on which the Pod must run, or is preferred to run.', NodeAffinity),
    podAffinity: optional('Other Pods near which the Pod must run, or is preferred to run.', PodAffinity),
    podAntiAffinity: optional('Other Pods near which the Pod must not run, or is preferred not to run.', PodAffinity),
  })
  .register(z.globalRegistry, { title: 'Affinity' })
