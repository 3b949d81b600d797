import * as z from 'zod/mini'
import { NAME_LENGTH_MAX } from './dns-subdomain.ts'
import { annotated, optional, required } from './field.ts'
import { Condition } from './kubernetes/condition.ts'
import { mapList } from './kubernetes/list.ts'
import { dnsName, objectMeta } from './kubernetes/object-meta.ts'
import { ResourceRequirements } from './kubernetes/resource-requirements.ts'
import { Int32, Int64, StringMap, Timestamp } from './kubernetes/scalars.ts'
import { API_VERSION, POD_NAME_LENGTH_MAX } from './names.ts'
import { podSpecPatch } from './pod-spec-patch.ts'
import { ResourceRef } from './resource-ref.ts'

const TEMPLATE_NAME = 'the name of a BuildkitTemplate'

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
  podName: optional(
    'Name of the current Pod; written by render-buildkit, never by hand.',
    dnsName(POD_NAME_LENGTH_MAX),
  ),
})

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
    'Address for clients, as "tcp://address:port"; missing while no Pod of the builder is ready.',
    z.string(),
  ),
  tlsServerName: optional(
    'Name by which clients verify the certificate at the endpoint; missing if the endpoint serves plain TCP.',
    z.string(),
  ),
  resourceRefs: optional('Existing Pods of this builder that Git has named; at most 16.', z.array(ResourceRef)),
  podName: optional('The `spec.podName` that the controller last saw.', z.string()),
  podSince: optional('When the controller first saw that `podName`; older Pods are superseded.', Timestamp),
  failures: optional(
    'How often the current Pod has ended and was deleted to be created again.',
    z.strictObject({
      podName: required('Name of the Pod.', z.string()),
      count: required('Number of times that it has ended since it was last ready for ten minutes.', Int32),
      lastTime: required('When it last ended.', Timestamp),
    }),
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
    description: 'A BuildKit builder, made from a BuildkitTemplate: a Pod, and the address at which clients reach it.',
  })
export type Buildkit = z.infer<typeof Buildkit>
