import * as z from 'zod/mini'
import { annotated, optional, required } from './field.ts'
import { Condition } from './kubernetes/condition.ts'
import { Int32, Int64 } from './kubernetes/integer.ts'
import { mapList } from './kubernetes/list.ts'
import { dnsName, NAME_LENGTH_MAX, objectMeta } from './kubernetes/object-meta.ts'
import { ResourceRequirements } from './kubernetes/resource-requirements.ts'
import { StringMap } from './kubernetes/string-map.ts'
import { Timestamp } from './kubernetes/timestamp.ts'
import { API_VERSION, POD_NAME_LENGTH_MAX } from './names.ts'
import { ResourceRef } from './resource-ref.ts'

const TEMPLATE_NAME = 'the name of a BuildkitTemplate'

const BuildkitSpec = z.strictObject({
  template: required(
    'The name of the BuildkitTemplate, in the same namespace, that the builder is made from.',
    z.string(TEMPLATE_NAME).check(z.minLength(1, TEMPLATE_NAME)),
  ),
  resources: optional(
    "Resources of this builder, which replace the template's `resources.default` one by one.",
    ResourceRequirements,
  ),
  labels: optional("Labels of the builder's Pod; those of the template's `podLabels` override them.", StringMap),
  annotations: optional(
    "Annotations of the builder's Pod; those of the template's `podAnnotations` override them.",
    StringMap,
  ),
  podName: optional(
    'The Pod that this Buildkit stands for at present; written by render-buildkit, never by hand.',
    dnsName(POD_NAME_LENGTH_MAX),
  ),
})

const BuildkitStatus = z.strictObject({
  observedGeneration: optional(
    'The `metadata.generation` that the controller has last looked at; -1 until it has.',
    Int64,
  ),
  conditions: optional(
    'What the builder is doing: Ready and Deployed, and only while they are true Reconciling, Stalled, DeletionRefused and PodsIgnored.',
    mapList('type', Condition),
  ),
  endpoint: optional(
    'Where clients reach the builder, as "tcp://address:port"; missing while no Pod of it is ready.',
    z.string(),
  ),
  resourceRefs: optional(
    'The Pods of this builder that exist, of those that Git has named; at most 16.',
    z.array(ResourceRef),
  ),
  podName: optional('The `spec.podName` that the controller has last looked at.', z.string()),
  podSince: optional('When the controller first saw that `podName`; older Pods are superseded.', Timestamp),
  failures: optional(
    'How often the present Pod has ended and was deleted to be created again.',
    z.strictObject({
      podName: required('The Pod that is counted.', z.string()),
      count: required('How often it has ended since it was last ready for long.', Int32),
      lastTime: required('When it last ended.', Timestamp),
    }),
  ),
})

/** One builder, made from a BuildkitTemplate. */
export const Buildkit = z
  .strictObject({
    apiVersion: required('The version of this schema.', z.literal(API_VERSION)),
    kind: required('What this object is.', z.literal('Buildkit')),
    metadata: required('Name, namespace, labels and annotations of the Buildkit.', objectMeta(NAME_LENGTH_MAX)),
    spec: required('The builder that is wanted.', BuildkitSpec),
    // kstatus takes an object that no controller has looked at for ready; this one tells it to wait.
    status: annotated(
      { default: { observedGeneration: -1 } },
      optional('The builder that there is; written by buildkit-controller.', BuildkitStatus),
    ),
  })
  .register(z.globalRegistry, {
    title: 'Buildkit',
    description: 'One BuildKit builder, made from a BuildkitTemplate: one Pod, and the address where clients reach it.',
  })
export type Buildkit = z.infer<typeof Buildkit>
