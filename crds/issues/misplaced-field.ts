import { IN_GROUP } from './field-of-group.ts'
import type { Path } from './field-path.ts'
import type { Fix } from './issue.ts'

/** Where something goes that people look for in a Buildkit or a BuildkitTemplate. */
export interface RightPlace {
  /** What is said of it, with where it goes. */
  readonly hint: string
  readonly fix?: Fix
}

const OF_CONTAINER = 'podSpecPatch.containers[name=buildkit].'

const OF_POD_PATCH = [
  'automountServiceAccountToken',
  'dnsConfig',
  'dnsPolicy',
  'hostAliases',
  'hostIPC',
  'hostNetwork',
  'hostPID',
  'imagePullSecrets',
  'initContainers',
  'containers',
  'resourceClaims',
  'runtimeClassName',
  'schedulerName',
  'shareProcessNamespace',
  'volumes',
]
const OF_CONTAINER_PATCH = ['env', 'envFrom', 'ports', 'securityContext', 'volumeDevices', 'volumeMounts', 'workingDir']

/** Fields of both kinds, by what people call them. */
const OF_BOTH: Readonly<Record<string, string>> = {
  ...Object.fromEntries(OF_POD_PATCH.map((name) => [name, `podSpecPatch.${name}`])),
  ...Object.fromEntries(OF_CONTAINER_PATCH.map((name) => [name, `${OF_CONTAINER}${name}`])),
  containerSecurityContext: `${OF_CONTAINER}securityContext`,
  podSecurityContext: 'podSpecPatch.securityContext',
  pullSecrets: 'podSpecPatch.imagePullSecrets',
  sidecars: 'podSpecPatch.containers',
  extraContainers: 'podSpecPatch.containers',
  extraInitContainers: 'podSpecPatch.initContainers',
  extraVolumes: 'podSpecPatch.volumes',
  extraVolumeMounts: `${OF_CONTAINER}volumeMounts`,
  extraEnv: `${OF_CONTAINER}env`,
  extraEnvVars: `${OF_CONTAINER}env`,
  proxy: `${OF_CONTAINER}env`,
  httpProxy: `${OF_CONTAINER}env`,
  httpsProxy: `${OF_CONTAINER}env`,
  noProxy: `${OF_CONTAINER}env`,
  ca: 'podSpecPatch.volumes',
  caBundle: 'podSpecPatch.volumes',
  caCerts: 'podSpecPatch.volumes',
  podPatch: 'podSpecPatch',
  podSpec: 'podSpecPatch',
  podTemplate: 'podSpecPatch',
}

/** Fields of a template, which a Buildkit does not have. */
const OF_TEMPLATE: Readonly<Record<string, string>> = {
  pvc: 'cache.claim',
  persistentVolumeClaim: 'cache.claim',
  persistence: 'cache.claim',
  storage: 'cache.claim',
  volumeClaimTemplate: 'cache.claim',
  volumeClaimTemplates: 'cache.claim',
  storageClassName: 'cache.claim.storageClassName',
  storageClass: 'cache.claim.storageClassName',
  cacheSize: 'cache.claim.size',
  emptyDir: 'cache.emptyDir',
  hostPath: 'cache.hostPath',
  args: 'buildkitdToml',
  extraArgs: 'buildkitdToml',
  config: 'buildkitdToml',
  nodeName: 'scheduling.nodeSelector[kubernetes.io/hostname]',
  handover: 'lifecycle.handover',
  strategy: 'lifecycle.handover',
  updateStrategy: 'lifecycle.handover',
  ...Object.fromEntries(
    ['tlsSecret', 'tlsSecretName', 'certificateSecret', 'certSecret'].map((name) => [name, 'tls.secretName']),
  ),
  ...Object.fromEntries(['certificates', 'certs', 'mtls', 'mTLS', 'ssl'].map((name) => [name, 'tls'])),
  ...Object.fromEntries(['certManager', 'certificate', 'cert'].map((name) => [name, 'tls.certificate'])),
  ...Object.fromEntries(['issuer', 'issuerRef', 'clusterIssuer'].map((name) => [name, 'tls.certificate.issuerRef'])),
  clientAuth: 'tls.clientAuth',
  clientCA: 'tls.clientAuth',
  clientCa: 'tls.clientAuth',
  serverName: 'tls.serverName',
  ...Object.fromEntries(['commonName', 'dnsNames', 'sans'].map((name) => [name, 'tls.certificate.dnsNames'])),
  serviceType: 'service.type',
  loadBalancer: 'service.type',
  nodePort: 'service.type',
  servicePort: 'service.port',
  serviceAnnotations: 'service.annotations',
  ...Object.fromEntries(
    ['metrics', 'prometheus', 'podMonitor', 'serviceMonitor'].map((name) => [name, 'observability.metrics']),
  ),
  metricsPort: 'observability.metrics.port',
  debugAddress: 'observability.metrics.port',
  debugAddr: 'observability.metrics.port',
  ...Object.fromEntries(['otel', 'otlp', 'tracing', 'traces'].map((name) => [name, 'observability.otlp'])),
  otlpEndpoint: 'observability.otlp.endpoint',
  collector: 'observability.otlp.endpoint',
}

/** Fields of a template that have this name there, too; a template without them in the right place has a hint of its own. */
const NAMED_IN_TEMPLATE: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    [
      'buildkitdToml',
      'cache',
      'command',
      'hostUsers',
      'image',
      'imagePullPolicy',
      'lifecycle',
      'observability',
      'port',
      'rootless',
      'scheduling',
      'serviceAccountName',
      'service',
      'tls',
    ].map((name) => [name, name]),
  ),
  ...Object.fromEntries(
    ['affinity', 'nodeSelector', 'priorityClassName', 'tolerations', 'topologySpreadConstraints'].map((name) => [
      name,
      `scheduling.${name}`,
    ]),
  ),
  ...Object.fromEntries(
    ['activeDeadlineSeconds', 'restartPolicy', 'terminationGracePeriodSeconds'].map((name) => [
      name,
      `lifecycle.${name}`,
    ]),
  ),
}

/** Fields that the other kind has under another name. */
const RENAMED = {
  BuildkitTemplate: { labels: 'podLabels', annotations: 'podAnnotations' },
  Buildkit: { podLabels: 'labels', podAnnotations: 'annotations' },
}

/** What people call the replicas of a Buildkit, and what comes with them. */
const REPLICAS = ['replicas', 'replicaCount', 'podDisruptionBudget', 'pdb', 'minAvailable']

/** What there is no field for. */
const NO_FIELD: Readonly<Record<string, string>> = {
  networkPolicy: '; write a NetworkPolicy that selects the Pods',
  ingress: '; builders answer gRPC with certificates of their own; set `spec.service` of the template',
}

/** Where the field at `path` goes, which an object with these fields in its `spec` does not have; undefined if nobody knows. */
export function rightPlace(path: Path, specFields: readonly string[]): RightPlace | undefined {
  const inGroup = own(IN_GROUP, path.join('.'))
  if (inGroup !== undefined) return { hint: inGroup }
  const [root, ...inside] = path
  const name = String(inside.at(-1))
  const isTemplate = specFields.includes('buildkitdToml')
  if (root !== 'spec' || inside.length > 2 || !(isTemplate || specFields.includes('template'))) return undefined
  const to = inside.length === 1 ? own(RENAMED[isTemplate ? 'BuildkitTemplate' : 'Buildkit'], name) : undefined
  if (to !== undefined) return { hint: `; set \`spec.${to}\``, fix: { kind: 'rename', to } }
  const place = own(OF_BOTH, name)
  if (place !== undefined) return { hint: `; set \`spec.${place}\`` }
  const inTemplate = own(OF_TEMPLATE, name) ?? (isTemplate ? undefined : own(NAMED_IN_TEMPLATE, name))
  if (inTemplate !== undefined) return { hint: `; set \`spec.${inTemplate}\`${isTemplate ? '' : ' of the template'}` }
  const hint = hintOtherwise(name, isTemplate)
  return hint === undefined ? undefined : { hint }
}

function hintOtherwise(name: string, isTemplate: boolean): string | undefined {
  if (REPLICAS.includes(name)) return `; set \`spec.replicas\`${isTemplate ? ' of the Buildkit' : ''}`
  return own(NO_FIELD, name)
}

function own(places: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.hasOwn(places, name) ? places[name] : undefined
}
