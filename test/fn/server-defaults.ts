import assert from 'node:assert/strict'

/** Of a Pod as we render it, what decides which defaults it gets. */
export interface RenderedPod {
  readonly spec: {
    readonly priorityClassName?: string
    readonly serviceAccountName?: string
    readonly tolerations?: readonly unknown[]
    readonly securityContext?: unknown
    readonly containers: readonly Container[]
    readonly initContainers?: readonly Container[]
    readonly volumes: readonly Volume[]
  }
}

interface Container {
  readonly livenessProbe?: Probe
  readonly readinessProbe?: Probe
  readonly startupProbe?: Probe
  readonly resources?: { readonly requests?: Amounts; readonly limits?: Amounts }
  readonly imagePullPolicy?: string
}

interface Probe {
  readonly grpc?: unknown
}

type Amounts = Readonly<Record<string, string>>

interface Volume {
  readonly configMap?: unknown
  readonly downwardAPI?: unknown
  readonly ephemeral?: unknown
  readonly secret?: unknown
}

type Defaults = Readonly<Record<string, unknown>>

/** What the server writes into any object. Their values are its own affair. */
const BOOKKEEPING: readonly string[] = [
  'metadata.creationTimestamp',
  'metadata.generation',
  'metadata.managedFields',
  'metadata.resourceVersion',
  'metadata.uid',
  'status',
]

const EVERY_POD: Defaults = {
  'spec.dnsPolicy': 'ClusterFirst',
  'spec.schedulerName': 'default-scheduler',
}

const WITHOUT_PRIORITY_CLASS: Defaults = { 'spec.preemptionPolicy': 'PreemptLowerPriority', 'spec.priority': 0 }
/** As examples/full/base.yaml has it. */
const OF_THE_PRIORITY_CLASS: Defaults = { 'spec.preemptionPolicy': 'Never', 'spec.priority': 1000 }

const WITHOUT_TOLERATIONS: Defaults = {
  'spec.tolerations': ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable'].map((key) => {
    return { key, operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300 }
  }),
}

/** All that a server adds to a Pod of ours, by path. */
export function serverDefaultsOf({ spec }: RenderedPod): Defaults {
  return {
    ...EVERY_POD,
    ...(spec.priorityClassName ? OF_THE_PRIORITY_CLASS : WITHOUT_PRIORITY_CLASS),
    ...(spec.securityContext ? {} : { 'spec.securityContext': {} }),
    ...defaultsOfAll('spec.containers', spec.containers, ofContainer),
    ...defaultsOfAll('spec.initContainers', spec.initContainers ?? [], ofContainer),
    ...(spec.tolerations ? {} : WITHOUT_TOLERATIONS),
    ...defaultsOfAll('spec.volumes', spec.volumes, ofVolume),
    // The name that the field had before it was called `serviceAccountName`.
    ...(spec.serviceAccountName ? { 'spec.serviceAccount': spec.serviceAccountName } : {}),
  }
}

function defaultsOfAll<T>(path: string, items: readonly T[], defaultsOf: (item: T) => Defaults): Defaults {
  const entries = items.flatMap((item, at) =>
    Object.entries(defaultsOf(item)).map(([field, value]) => [`${path}[${at}].${field}`, value]),
  )
  return Object.fromEntries(entries)
}

function ofContainer(container: Container): Defaults {
  const { resources, imagePullPolicy } = container
  return {
    ...Object.assign({}, ...PROBES.map((name) => ofProbe(name, container[name]))),
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
    ...(resources ? requestsFrom(resources) : { resources: {} }),
    ...(imagePullPolicy ? {} : { imagePullPolicy: 'IfNotPresent' }),
  }
}

const PROBES = ['livenessProbe', 'readinessProbe', 'startupProbe'] as const

function ofProbe(name: string, probe: Probe | undefined): Defaults {
  if (!probe) return {}
  return { [`${name}.successThreshold`]: 1, ...(probe.grpc ? { [`${name}.grpc.service`]: '' } : {}) }
}

/** A request that is missing is its limit. */
function requestsFrom({ requests = {}, limits = {} }: NonNullable<Container['resources']>): Defaults {
  const missing = Object.entries(limits).filter(([name]) => !Object.hasOwn(requests, name))
  return Object.fromEntries(missing.map(([name, amount]) => [`resources.requests.${name}`, amount]))
}

function ofVolume({ configMap, downwardAPI, ephemeral, secret }: Volume): Defaults {
  return {
    ...(secret ? { 'secret.defaultMode': 0o644 } : {}),
    ...(configMap ? { 'configMap.defaultMode': 0o644 } : {}),
    ...(downwardAPI ? { 'downwardAPI.defaultMode': 0o644 } : {}),
    ...(ephemeral
      ? { 'ephemeral.volumeClaimTemplate.metadata': {}, 'ephemeral.volumeClaimTemplate.spec.volumeMode': 'Filesystem' }
      : {}),
  }
}

/** The differences without the server's bookkeeping, which must be there. */
export function withoutBookkeeping(found: Defaults): Defaults {
  for (const path of BOOKKEEPING) assert.ok(path in found, path)
  return Object.fromEntries(Object.entries(found).filter(([path]) => !BOOKKEEPING.includes(path)))
}
