import * as z from 'zod/mini'
import { SUBDOMAIN } from '../dns-subdomain.ts'
import { optional, required } from '../field.ts'
import { Int64, NonEmpty, StringMap } from './scalars.ts'

const OwnerReference = z
  .strictObject({
    apiVersion: required('The API version of the owner.', NonEmpty),
    kind: required('The kind of the owner.', NonEmpty),
    name: required('The name of the owner.', NonEmpty),
    uid: required('The uid of the owner, set by the API server.', NonEmpty),
    controller: optional('Whether the owner manages the object.', z.boolean()),
    blockOwnerDeletion: optional("Whether the owner's foreground deletion waits for the object.", z.boolean()),
  })
  .register(z.globalRegistry, { title: 'OwnerReference' })

const FIELDS = {
  namespace: optional('The namespace of the object.', z.string()),
  labels: optional('Labels of the object itself; they do not reach Pods.', StringMap),
  annotations: optional(
    "Annotations of the object itself; only a Buildkit's Argo CD sync wave reaches its Pod.",
    StringMap,
  ),
  ownerReferences: optional('Owners of the object; it is deleted with them.', z.array(OwnerReference)),
  finalizers: optional('Finalizers that must be removed before the object can be deleted.', z.array(z.string())),
  generateName: optional('Not used: a builder needs a name before it reaches the cluster.', z.string()),
  uid: optional('Written by the API server.', z.string()),
  resourceVersion: optional('Written by the API server.', z.string()),
  generation: optional('Written by the API server.', Int64),
  selfLink: optional('No longer written by API servers.', z.string()),
  creationTimestamp: optional('Written by the API server.', z.string()),
  deletionTimestamp: optional('Written by the API server.', z.string()),
  deletionGracePeriodSeconds: optional('Written by the API server.', Int64),
  managedFields: optional('Written by the API server.', z.array(z.record(z.string(), z.unknown()))),
}

/** What every object has; a name of at most `nameLength` characters. */
export function objectMeta(nameLength: number) {
  return z
    .strictObject({
      name: required('Name of the object, unique in its namespace among objects of its kind.', dnsName(nameLength)),
      ...FIELDS,
    })
    .register(z.globalRegistry, { title: 'ObjectMeta' })
}

/** The name of an object, of at most `length` characters (RFC 1123 subdomain). */
export function dnsName(length: number) {
  const text = `a DNS name of at most ${length} lower-case letters, digits, "-" and ".", with a letter or digit at both ends of each part`
  // Of a longer one the pattern would exhaust the stack.
  return z.string(text).check(z.maxLength(length, { error: text, abort: true }), z.regex(SUBDOMAIN, text))
}
