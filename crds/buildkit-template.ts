import * as z from 'zod/mini'
import { group, optional, required, withDefault } from './field.ts'
import { Affinity } from './kubernetes/affinity.ts'
import { Condition } from './kubernetes/condition.ts'
import { Int64, wholeNumber } from './kubernetes/integer.ts'
import { mapList } from './kubernetes/list.ts'
import { objectMeta } from './kubernetes/object-meta.ts'
import { ResourceList } from './kubernetes/quantity.ts'
import { ResourceRequirements } from './kubernetes/resource-requirements.ts'
import { StringMap } from './kubernetes/string-map.ts'
import { Toleration } from './kubernetes/toleration.ts'
import { TopologySpreadConstraint } from './kubernetes/topology-spread-constraint.ts'
import { API_VERSION } from './names.ts'
import { ResourceRef } from './resource-ref.ts'

/** As in the operator, which made names of templates longer by up to six characters. */
const NAME_LENGTH_MAX = 57

const Resources = z.strictObject({
  default: optional('What a builder gets where its Buildkit asks for nothing else.', ResourceRequirements),
  maximum: optional('The most that any builder gets, by resource; also the limit where none is set.', ResourceList),
})

const Scheduling = z.strictObject({
  nodeSelector: optional('Labels that a node must have to run builders.', StringMap),
  tolerations: optional('Taints of nodes that builders put up with.', z.array(Toleration)),
  affinity: optional('Nodes and other Pods that builders are drawn to or kept away from.', Affinity),
  priorityClassName: optional("The name of the Pods' PriorityClass.", z.string()),
  topologySpreadConstraints: optional(
    'How evenly builders are spread over nodes, zones and the like.',
    z.array(TopologySpreadConstraint),
  ),
})

const Lifecycle = z.strictObject({
  requireOwner: withDefault(
    'Whether every Buildkit of this template must have an owner reference, so that it is deleted with its owner.',
    z.boolean(),
    false,
  ),
  restartPolicy: optional(
    'Whether the container is started again when it ends: "Always" (the default), "OnFailure" or "Never".',
    z.string(),
  ),
  terminationGracePeriodSeconds: withDefault(
    'How long a builder that is to stop may go on with its builds.',
    Int64,
    900,
  ),
  activeDeadlineSeconds: optional('After how long a builder is stopped whatever it does; never if left out.', Int64),
  preStopScript: withDefault(
    'Whether a builder that is to stop first waits until its last client has gone, within the grace period.',
    z.boolean(),
    true,
  ),
})

const Otlp = z.strictObject({
  serviceName: required('The `service.name` of the traces.', z.string()),
  resourceAttributes: optional('More OpenTelemetry resource attributes of the traces.', StringMap),
})

const Observability = z.strictObject({
  debugLogging: withDefault('Whether buildkitd logs in detail.', z.boolean(), false),
  otlp: optional('Sends traces to port 4317 (OTLP over gRPC) of the node that the builder runs on.', Otlp),
})

const BuildkitTemplateSpec = z.strictObject({
  rootless: withDefault(
    'Whether buildkitd runs as an ordinary user instead of in a privileged container.',
    z.boolean(),
    false,
  ),
  hostUsers: withDefault(
    'Whether builders share the user namespace of the node; false gives each Pod its own.',
    z.boolean(),
    true,
  ),
  image: optional(
    'The container image; if left out or empty, the pinned BuildKit release that fits `rootless`.',
    z.string(),
  ),
  imagePullPolicy: withDefault(
    'When the node pulls the image: "Always", "IfNotPresent" or "Never".',
    z.string(),
    'IfNotPresent',
  ),
  port: withDefault('The TCP port on which builders listen.', wholeNumber(1, 65535), 1234),
  buildkitdToml: optional('The configuration of buildkitd (buildkitd.toml).', z.string()),
  command: optional(
    "Replaces the image's entry point, which also sets up cgroups; rarely needed.",
    z.array(z.string()),
  ),
  serviceAccountName: optional("The name of the Pods' service account.", z.string()),
  resources: group('What builders get by default, and at most.', Resources),
  scheduling: group('Where builders run.', Scheduling),
  lifecycle: group('How builders start, stop and start again.', Lifecycle),
  observability: group('What builders tell about themselves.', Observability),
  podLabels: optional('Labels of the Pods, which override those of a Buildkit.', StringMap),
  podAnnotations: optional('Annotations of the Pods, which override those of a Buildkit.', StringMap),
})

const BuildkitTemplateStatus = z.strictObject({
  conditions: optional('Not written here; kept for templates that the operator has seen.', mapList('type', Condition)),
  resourceRefs: optional('Not written here; kept for templates that the operator has seen.', z.array(ResourceRef)),
})

/** What the builders of a team, an architecture or a size have in common. */
export const BuildkitTemplate = z
  .strictObject({
    apiVersion: required('The version of this schema.', z.literal(API_VERSION)),
    kind: required('What this object is.', z.literal('BuildkitTemplate')),
    metadata: required(
      `Name (of at most ${NAME_LENGTH_MAX} characters), namespace, labels and annotations of the template.`,
      objectMeta(NAME_LENGTH_MAX),
    ),
    spec: group('What builders made from this template are like.', BuildkitTemplateSpec),
    status: optional('Not written here; kept for templates that the operator has seen.', BuildkitTemplateStatus),
  })
  .register(z.globalRegistry, {
    title: 'BuildkitTemplate',
    description:
      'What BuildKit builders made from it have in common: image, mode, configuration, resources and placement.',
  })
export type BuildkitTemplate = z.infer<typeof BuildkitTemplate>
