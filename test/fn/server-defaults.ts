import assert from 'node:assert/strict'

/** Of a Pod as we render it, what decides which defaults it gets. */
export interface RenderedPod {
  readonly spec: {
    readonly priorityClassName?: string
    readonly serviceAccountName?: string
    readonly tolerations?: readonly unknown[]
    readonly containers: readonly { readonly resources?: unknown }[]
    readonly volumes: readonly { readonly name: string }[]
  }
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
  'spec.containers[0].livenessProbe.grpc.service': '',
  'spec.containers[0].livenessProbe.successThreshold': 1,
  'spec.containers[0].readinessProbe.grpc.service': '',
  'spec.containers[0].readinessProbe.successThreshold': 1,
  'spec.containers[0].startupProbe.grpc.service': '',
  'spec.containers[0].startupProbe.successThreshold': 1,
  'spec.containers[0].terminationMessagePath': '/dev/termination-log',
  'spec.containers[0].terminationMessagePolicy': 'File',
  'spec.dnsPolicy': 'ClusterFirst',
  'spec.schedulerName': 'default-scheduler',
  'spec.securityContext': {},
}

const WITHOUT_PRIORITY_CLASS: Defaults = { 'spec.preemptionPolicy': 'PreemptLowerPriority', 'spec.priority': 0 }
/** As examples/full/base.yaml has it. */
const OF_THE_PRIORITY_CLASS: Defaults = { 'spec.preemptionPolicy': 'Never', 'spec.priority': 1000 }

const WITHOUT_RESOURCES: Defaults = { 'spec.containers[0].resources': {} }

const WITHOUT_TOLERATIONS: Defaults = {
  'spec.tolerations': ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable'].map((key) => {
    return { key, operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300 }
  }),
}

const WITH_CONFIGURATION: Defaults = { 'spec.volumes[1].downwardAPI.defaultMode': 0o644 }

/** All that a server adds to a Pod of ours, by path. */
export function serverDefaultsOf({ spec }: RenderedPod): Defaults {
  const [{ resources } = {}] = spec.containers
  return {
    ...EVERY_POD,
    ...(spec.priorityClassName ? OF_THE_PRIORITY_CLASS : WITHOUT_PRIORITY_CLASS),
    ...(resources ? {} : WITHOUT_RESOURCES),
    ...(spec.tolerations ? {} : WITHOUT_TOLERATIONS),
    ...(spec.volumes.some(({ name }) => name === 'config') ? WITH_CONFIGURATION : {}),
    // The name that the field had before it was called `serviceAccountName`.
    ...(spec.serviceAccountName ? { 'spec.serviceAccount': spec.serviceAccountName } : {}),
  }
}

/** The differences without the server's bookkeeping, which must be there. */
export function withoutBookkeeping(found: Defaults): Defaults {
  for (const path of BOOKKEEPING) assert.ok(path in found, path)
  return Object.fromEntries(Object.entries(found).filter(([path]) => !BOOKKEEPING.includes(path)))
}
