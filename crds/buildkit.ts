import * as z from 'zod/mini'
import { NAME_LENGTH_MAX } from './dns-subdomain.ts'
import { annotated, optional, required } from './field.ts'
import { Condition } from './kubernetes/condition.ts'
import { atomicList, mapList } from './kubernetes/list.ts'
import { dnsName, objectMeta } from './kubernetes/object-meta.ts'
import { ResourceRequirements } from './kubernetes/resource-requirements.ts'
import { Int32, Int64, StringMap, Timestamp, wholeNumber } from './kubernetes/scalars.ts'
import { API_VERSION, POD_NAME_LENGTH_MAX, REPLICAS_MAX } from './names.ts'
import { podSpecPatch } from './pod-spec-patch.ts'
import { ResourceRef } from './resource-ref.ts'

const TEMPLATE_NAME = 'the name of a BuildkitTemplate'

const podName = () => dnsName(POD_NAME_LENGTH_MAX)

const BuildkitSpec = z.strictObject({
  template: required(
    'Name of the BuildkitTemplate of the builder, in the same namespace.',
    z.string(TEMPLATE_NAME).check(z.minLength(1, TEMPLATE_NAME)),
  ),
  resources: optional(
    "Resources of this builder; each one overrides that of the template's `resources.default`.",
    ResourceRequirements,
  ),
  labels: optional("Labels of the builder's Pod; the template's `podLabels` override them.", StringMap),
  annotations: optional("Annotations of the builder's Pod; the template's `podAnnotations` override them.", StringMap),
  podSpecPatch: podSpecPatch("Strategic merge patch of the Pod's `spec`, applied after the template's."),
  replicas: optional(
    `Number of Pods, from 1 to ${REPLICAS_MAX}; by default 1. Each has a cache of its own, and a PodDisruptionBudget lets node drains end one at a time.`,
    wholeNumber(1, REPLICAS_MAX),
  ),
  podName: optional(
    'Name of the current Pod, with `replicas` of the first; written by render-buildkit, never by hand.',
    podName(),
  ),
  podNames: optional(
    'Names of the current Pods, in the order of their replicas; written by render-buildkit where there are several, never by hand.',
    atomicList(podName()),
  ),
})

/** Where clients reach one Pod. */
const Endpoint = z
  .strictObject({
    podName: required('Name of the Pod.', z.string()),
    replica: optional('Index of its replica among `spec.podNames`; missing for the first, which has 0.', Int32),
    nodeName: optional('Name of its node.', z.string()),
    address: required('Address for clients, as "tcp://address:port".', z.string()),
    tlsServerName: optional(
      'Name by which clients verify the certificate at this address; missing if it serves plain TCP.',
      z.string(),
    ),
  })
  .register(z.globalRegistry, { title: 'Endpoint' })

const BuildkitStatus = z.strictObject({
  observedGeneration: optional(
    'The `metadata.generation` that this status describes; -1 until the controller has seen the Buildkit.',
    Int64,
  ),
  conditions: optional(
    'State of the builder: Ready and Deployed; Reconciling, Stalled, DeletionRefused, PodsIgnored and Suspended only while they apply.',
    mapList('type', Condition),
  ),
  endpoint: optional(
    'Address for clients, as "tcp://address:port", of one Pod for as long as that serves; missing while no Pod of the builder is ready.',
    z.string(),
  ),
  tlsServerName: optional(
    'Name by which clients verify the certificate at the endpoint; missing if the endpoint serves plain TCP.',
    z.string(),
  ),
  endpoints: optional(
    'Every Pod that serves, one for each replica at most, in the order of the replicas; the one behind `endpoint` is among them.',
    mapList('podName', Endpoint),
  ),
  readyReplicas: optional('Number of current Pods that serve.', Int32),
  resourceRefs: optional(
    `Existing Pods of this builder that Git has named; at most ${2 * REPLICAS_MAX}.`,
    z.array(ResourceRef),
  ),
  podName: optional('The `spec.podName` that the controller last saw.', z.string()),
  podNames: optional('The `spec.podNames` that the controller last saw.', atomicList(z.string())),
  podSince: optional('When the controller first saw those names; older Pods are superseded.', Timestamp),
  failures: optional(
    'How often current Pods have ended and were deleted to be created again.',
    mapList(
      'podName',
      z.strictObject({
        podName: required('Name of the Pod.', z.string()),
        count: required('Number of times that it has ended since it was last ready for ten minutes.', Int32),
        lastTime: required('When it last ended.', Timestamp),
      }),
    ),
  ),
})

/** One builder, made from a BuildkitTemplate. */
export const Buildkit = z
  .strictObject({
    apiVersion: required('Version of this schema.', z.literal(API_VERSION)),
    kind: required('Kind of the object.', z.literal('Buildkit')),
    metadata: required('Name, namespace, labels and annotations of the Buildkit.', objectMeta(NAME_LENGTH_MAX)),
    spec: required('Desired state of the builder.', BuildkitSpec),
    // kstatus takes an object that no controller has looked at for ready; this one tells it to wait.
    status: annotated(
      { default: { observedGeneration: -1 } },
      optional('Observed state of the builder; written by buildkit-controller.', BuildkitStatus),
    ),
  })
  .register(z.globalRegistry, {
    title: 'Buildkit',
    description:
      'A BuildKit builder, made from a BuildkitTemplate: a Pod or several, and the addresses at which clients reach them.',
  })
export type Buildkit = z.infer<typeof Buildkit>
