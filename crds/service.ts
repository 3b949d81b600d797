import * as z from 'zod/mini'
import { optional } from './field.ts'
import { StringMap, wholeNumber } from './kubernetes/scalars.ts'

/** A name that stays while Pods come and go. */
export const Service = z.strictObject({
  // A default here would be gone at the second `kubectl apply` of `service: {}`, which the API server then refuses.
  type: optional(
    'Type of the Service: "ClusterIP" (the default), "NodePort" or "LoadBalancer".',
    z.enum(['ClusterIP', 'NodePort', 'LoadBalancer']),
  ),
  port: optional('Port of the Service; the port of the builder if not set.', wholeNumber(1, 65535)),
  annotations: optional('Annotations of the Service, such as those that configure a load balancer.', StringMap),
})
export type Service = z.infer<typeof Service>
