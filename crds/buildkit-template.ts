import * as z from 'zod/mini'
import { Cache } from './cache.ts'
import { group, optional, required, withDefault } from './field.ts'
import { Condition } from './kubernetes/condition.ts'
import { mapList } from './kubernetes/list.ts'
import { objectMeta } from './kubernetes/object-meta.ts'
import { ResourceRequirements } from './kubernetes/resource-requirements.ts'
import { Int64, ResourceList, StringMap, wholeNumber } from './kubernetes/scalars.ts'
import { Affinity, Toleration, TopologySpreadConstraint } from './kubernetes/scheduling.ts'
import { API_VERSION } from './names.ts'
import { podSpecPatch } from './pod-spec-patch.ts'
import { ResourceRef } from './resource-ref.ts'
import { Service } from './service.ts'
import { Tls } from './tls.ts'

/** As in the operator, which made names of templates longer by up to six characters. */
const NAME_LENGTH_MAX = 57

const Resources = z.strictObject({
  default: optional('Resources of a builder whose Buildkit does not set them.', ResourceRequirements),
  maximum: optional('Upper bound for any builder, by resource; also the limit if none is set.', ResourceList),
})

const Scheduling = z.strictObject({
  nodeSelector: optional('Labels that a node must have to run builders.', StringMap),
  tolerations: optional('Node taints that builders tolerate.', z.array(Toleration)),
  affinity: optional('Affinity of builders to nodes and other Pods.', Affinity),
  priorityClassName: optional('Name of the PriorityClass of the Pods.', z.string()),
  topologySpreadConstraints: optional(
    'How builders are spread over nodes, zones and other topologies.',
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
    'Whether the container restarts when it ends: "Always" (the default), "OnFailure" or "Never".',
    z.string(),
  ),
  terminationGracePeriodSeconds: withDefault(
    'How long a builder may continue its builds after it was deleted.',
    Int64,
    900,
  ),
  activeDeadlineSeconds: optional(
    'Time after which a builder is stopped, even during a build; never if not set.',
    Int64,
  ),
  preStopScript: withDefault(
    'Whether a deleted builder drains: it waits until its last client has disconnected, within the grace period.',
    z.boolean(),
    true,
  ),
  handover: optional(
    'How a new Pod replaces the old one: "Overlap" deletes the old Pod after the new one serves, "Recreate" before, so that the builder has no endpoint in between; the default is "Recreate" with `cache.claim` and `cache.hostPath`, else "Overlap".',
    z.enum(['Overlap', 'Recreate']),
  ),
})

const PORT_MAX = 65535
/** More than the longest host with a scheme and a port; of a longer one the pattern would exhaust the stack. */
const COLLECTOR_LENGTH_MAX = 300
const COLLECTOR = 'the URL of a collector, such as http://collector.monitoring:4317'
/** A host, which may be an IPv6 address, and a port; gRPC has no path. */
const COLLECTOR_URL = /^https?:\/\/(\w([\w-]*\w)?(\.\w([\w-]*\w)?)*\.?|\[[0-9A-Fa-f:.]+\])(:[1-9]\d{0,4})?\/?$/
const hasPort = z.refine((url) => Number(/:(\d+)\/?$/.exec(String(url))?.[1] ?? 0) <= PORT_MAX, COLLECTOR)
const Otlp = z.strictObject({
  serviceName: required('The `service.name` of the traces.', z.string()),
  resourceAttributes: optional('Additional OpenTelemetry resource attributes of the traces.', StringMap),
  endpoint: optional(
    'URL to which traces are sent (OTLP over gRPC); port 4317 of the node that the builder runs on if not set.',
    z
      .string(COLLECTOR)
      .check(
        z.maxLength(COLLECTOR_LENGTH_MAX, { error: COLLECTOR, abort: true }),
        z.regex(COLLECTOR_URL, COLLECTOR),
        hasPort,
      ),
  ),
})

const Metrics = z.strictObject({
  // No default, as in `service`.
  port: optional(
    'TCP port on which builders serve their metrics, at `/metrics`; 6060 if not set.',
    wholeNumber(1, PORT_MAX),
  ),
})

const Observability = z.strictObject({
  debugLogging: withDefault('Whether buildkitd logs at debug level.', z.boolean(), false),
  otlp: optional('Sends traces and metrics to an OpenTelemetry collector.', Otlp),
  metrics: optional(
    "Serves BuildKit's metrics; the same port also serves profiles and the contents of the cache, all without authentication.",
    Metrics,
  ),
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
  image: optional('Container image; defaults to the pinned BuildKit release that matches `rootless`.', z.string()),
  imagePullPolicy: withDefault(
    'When the kubelet pulls the image: "Always", "IfNotPresent" or "Never".',
    z.string(),
    'IfNotPresent',
  ),
  port: withDefault('TCP port on which builders listen.', wholeNumber(1, PORT_MAX), 1234),
  tls: optional('Encrypts the port of builders, and requires client certificates; plain TCP if not set.', Tls),
  service: optional('Renders a Service for each Buildkit, with the same name; none if not set.', Service),
  buildkitdToml: optional('Configuration of buildkitd (buildkitd.toml).', z.string()),
  command: optional("Replaces the image's entrypoint, which also sets up cgroups; rarely needed.", z.array(z.string())),
  serviceAccountName: optional('Name of the ServiceAccount of the Pods.', z.string()),
  resources: group('Default and maximum resources of builders.', Resources),
  cache: optional('Where builders keep their build cache; an unlimited emptyDir if not set.', Cache),
  scheduling: group('Where builders run.', Scheduling),
  lifecycle: group('How builders stop and restart.', Lifecycle),
  observability: group('Logs, traces and metrics of builders.', Observability),
  podSpecPatch: podSpecPatch("Strategic merge patch of the Pods' `spec`, for everything that has no field here."),
  podLabels: optional('Labels of the Pods; they override those of a Buildkit.', StringMap),
  podAnnotations: optional('Annotations of the Pods; they override those of a Buildkit.', StringMap),
})

const BuildkitTemplateStatus = z.strictObject({
  conditions: optional(
    'Not written by buildkit-controller; kept for templates that seatgeek/buildkit-operator has seen.',
    mapList('type', Condition),
  ),
  resourceRefs: optional(
    'Not written by buildkit-controller; kept for templates that seatgeek/buildkit-operator has seen.',
    z.array(ResourceRef),
  ),
})

/** What the builders of a team, an architecture or a size have in common. */
export const BuildkitTemplate = z
  .strictObject({
    apiVersion: required('Version of this schema.', z.literal(API_VERSION)),
    kind: required('Kind of the object.', z.literal('BuildkitTemplate')),
    metadata: required(
      `Name (of at most ${NAME_LENGTH_MAX} characters), namespace, labels and annotations of the template.`,
      objectMeta(NAME_LENGTH_MAX),
    ),
    spec: group('Settings of the builders that use this template.', BuildkitTemplateSpec),
    status: optional(
      'Not written by buildkit-controller; kept for templates that seatgeek/buildkit-operator has seen.',
      BuildkitTemplateStatus,
    ),
  })
  .register(z.globalRegistry, {
    title: 'BuildkitTemplate',
    description: 'Common settings of BuildKit builders: image, mode, configuration, resources and placement.',
  })
export type BuildkitTemplate = z.infer<typeof BuildkitTemplate>
