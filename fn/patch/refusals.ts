import { CONFIGURATION_VOLUME, CONTAINER, METRICS_PORT_NAME, STATE_VOLUME, TLS_VOLUME } from '../../crds/names.ts'
import { oncePer } from '../common/collections.ts'
import { objectsIn } from '../upstream/kubernetes/pod-mistake.ts'
import type { Mapping } from './merge.ts'

/** What a patch is for. */
export interface Patched {
  readonly kind: 'BuildkitTemplate' | 'Buildkit'
  /** The Pod's spec before any patch: what the product depends on, and what fields of the template say. */
  readonly own: Mapping
}

/** Why a patch must leave something as it is, and where it is changed instead; by location. */
export type Refusals = ReadonlyMap<string, string>

/** The location of the container of a builder. */
const BUILDER = `containers[name=${CONTAINER}]`

/** Fields of a Pod for which a template has one. */
const TEMPLATE_FIELDS: Readonly<Record<string, string>> = {
  serviceAccountName: 'serviceAccountName',
  serviceAccount: 'serviceAccountName',
  hostUsers: 'hostUsers',
  nodeSelector: 'scheduling.nodeSelector',
  tolerations: 'scheduling.tolerations',
  affinity: 'scheduling.affinity',
  topologySpreadConstraints: 'scheduling.topologySpreadConstraints',
  priorityClassName: 'scheduling.priorityClassName',
  restartPolicy: 'lifecycle.restartPolicy',
  terminationGracePeriodSeconds: 'lifecycle.terminationGracePeriodSeconds',
  activeDeadlineSeconds: 'lifecycle.activeDeadlineSeconds',
  [`${BUILDER}.image`]: 'image',
  [`${BUILDER}.imagePullPolicy`]: 'imagePullPolicy',
  [`${BUILDER}.command`]: 'command',
  [`${BUILDER}.resources.requests`]: 'resources.default.requests',
  [`${BUILDER}.resources.limits`]: 'resources.default.limits',
  [`${BUILDER}.securityContext.privileged`]: 'rootless',
  [`${BUILDER}.securityContext.runAsUser`]: 'rootless',
  [`${BUILDER}.securityContext.runAsGroup`]: 'rootless',
  [`${BUILDER}.securityContext.runAsNonRoot`]: 'rootless',
}

/** The volumes of a builder. Its configuration keeps its name without `spec.buildkitdToml`; without `spec.tls`, another may be called so. */
export function volumesOf(own: Mapping): readonly string[] {
  const hasTls = objectsIn(own, 'volumes').some(({ name }) => name === TLS_VOLUME)
  return [STATE_VOLUME, CONFIGURATION_VOLUME, ...(hasTls ? [TLS_VOLUME] : [])]
}

const HANDLERS = ['startupProbe', 'readinessProbe', 'livenessProbe'].flatMap((probe) =>
  ['grpc', 'exec', 'httpGet', 'tcpSocket'].map((handler) => `${BUILDER}.${probe}.${handler}`),
)

/** Fields that admission computes of others; it refuses any other value. */
const BY_ADMISSION = [
  ['priority', 'spec.scheduling.priorityClassName'],
  ['preemptionPolicy', 'spec.scheduling.priorityClassName'],
  ['overhead', 'runtimeClassName'],
] as const

function byAdmission(field: string, of: string): string {
  return `is computed by API servers, which refuse another value: set \`${field}\`${field.startsWith('spec.') ? of : ''} instead`
}

/** A Buildkit overrides only its resources. */
const OF_TEMPLATE = ' of its template, or of a template of its own if only this builder needs it'

const OF_KIND = {
  BuildkitTemplate: oncePer((own: Mapping) => refusals('BuildkitTemplate', own)),
  Buildkit: oncePer((own: Mapping) => refusals('Buildkit', own)),
}

/** Everything by name that a patch must leave alone. */
export function refusalsOf({ kind, own }: Patched): Refusals {
  return OF_KIND[kind](own)
}

function refusals(kind: Patched['kind'], own: Mapping): Refusals {
  const isTemplate = kind === 'BuildkitTemplate'
  const of = isTemplate ? '' : OF_TEMPLATE
  const set = (field: string) => `has a field of its own: set \`spec.${field}\`${of}`
  return new Map([
    ...Object.entries(TEMPLATE_FIELDS).map(([location, field]) => [location, set(field)] as const),
    ...(isTemplate ? [] : ['requests', 'limits']).map(
      (field) => [`${BUILDER}.resources.${field}`, `has a field of its own: set \`spec.resources.${field}\``] as const,
    ),
    ...BY_ADMISSION.map(([location, field]) => [location, byAdmission(field, of)] as const),
    [
      'nodeName',
      `skips the scheduler, which knows taints, resources and volumes: set \`kubernetes.io/hostname\` in \`spec.scheduling.nodeSelector\`${of}`,
    ],
    ['ephemeralContainers', 'is refused by API servers in a new Pod; `kubectl debug` adds such containers'],
    ...needed(own),
  ])
}

/** What the product depends on, as far as it is in the Pod. */
function needed(own: Mapping): readonly (readonly [string, string])[] {
  const because = (reason: string) => (location: string) => [location, `must stay as it is: ${reason}`] as const
  const builder = builderIn(own)
  const isMetrics = ({ name }: Mapping) => name === METRICS_PORT_NAME
  const isTls = ({ name }: Mapping) => name === TLS_VOLUME
  const named = (field: string, key: string, reasonOf: (item: Mapping) => string) =>
    objectsIn(builder, field).map((item) => because(reasonOf(item))(`${BUILDER}.${field}[${key}=${String(item[key])}]`))
  return [
    ...[`${BUILDER}.args`].map(
      because('`spec.buildkitdToml`, `spec.tls` and `spec.observability` configure buildkitd'),
    ),
    ...named('ports', 'containerPort', (port) => (isMetrics(port) ? METRICS_PORT : CLIENT_PORT)),
    ...named('env', 'name', () => '`spec.observability.otlp` sets it'),
    ...named('volumeMounts', 'mountPath', (mount) => (isTls(mount) ? CERTIFICATE : STATE)),
    ...objectsIn(own, 'initContainers')
      .map(({ name }) => `initContainers[name=${name}]`)
      .map(because('it guards the state of BuildKit')),
    ...volumesOf(own).map((name) => because(isTls({ name }) ? CERTIFICATE : STATE)(`volumes[name=${name}]`)),
    ...HANDLERS.map(because(`${volumesOf(own).includes(TLS_VOLUME) ? SOCKET : GRPC}; ${TIMES}`)),
    ...('lifecycle' in builder ? [`${BUILDER}.lifecycle.preStop`] : []).map(
      because('it drains the builder, unless `spec.lifecycle.preStopScript` is false'),
    ),
    ...Object.keys(own.securityContext ?? {})
      .map((field) => `securityContext.${field}`)
      .map(because('the cache of a rootless builder needs it')),
  ]
}

const CLIENT_PORT = 'clients connect to it; `spec.port` is its number'
const METRICS_PORT = 'Prometheus reads metrics there; `spec.observability.metrics.port` is its number'
const STATE = 'BuildKit has its state or its configuration there'
const CERTIFICATE = 'buildkitd has its certificate there; `spec.tls.secretName` is its Secret'
const GRPC = 'buildkitd answers gRPC'
const SOCKET = 'a kubelet has no client certificate, so that probes ask through the socket of buildkitd'
const TIMES = 'periods and thresholds of its probes may be changed'

/** The container of the builder. */
export function builderIn(own: Mapping): Mapping {
  return objectsIn(own, 'containers').find(({ name }) => name === CONTAINER) ?? {}
}
