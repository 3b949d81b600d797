import { oncePer } from '../../common/collections.ts'
import { type Item, isMapping, type KubernetesObject, type Source } from '../../input/item.ts'
import type { PackageFacts } from './facts.ts'
import { type Selected, type Selecting, selectedBy } from './selected-by.ts'

/** A Service that selects Pods. */
export interface Service extends Selecting {
  readonly item: Item
  /** Whether it has an address of its own, so that its ports count: a headless one leads to Pods themselves. */
  readonly hasAddress: boolean
  /** The field that opens it to what is outside the cluster, if there is one. */
  readonly exposedBy: 'type' | 'externalIPs' | undefined
  readonly ports: readonly ServicePort[]
}

interface ServicePort {
  readonly protocol: string
  /** The port of Pods, or its name. */
  readonly target: number | string
}

interface Serving {
  readonly services: readonly Service[]
  readonly groups: readonly Selected<Service>[]
}

/** The Services of a package and the builders that they select. */
export const served = oncePer(({ builders, services: sources }: PackageFacts): Serving => {
  const services = sources.flatMap((source) => serviceOf(source) ?? [])
  return { services, groups: selectedBy(builders, services) }
})

/** Undefined for a Service that selects nothing, and for what is none. */
function serviceOf({ item, value }: Source<KubernetesObject>): Service | undefined {
  const { spec } = value
  if (!(isMapping(spec) && isMapping(spec.selector)) || spec.type === 'ExternalName') return undefined
  const labels = Object.entries(spec.selector)
  if (labels.length === 0 || !labels.every(isLabel)) return undefined
  return {
    item,
    namespace: value.metadata.namespace,
    selector: { matchLabels: Object.fromEntries(labels) },
    hasAddress: spec.clusterIP !== 'None',
    exposedBy: exposedBy(spec),
    ports: Array.isArray(spec.ports) ? spec.ports.flatMap((port: unknown) => portOf(port) ?? []) : [],
  }
}

function exposedBy({ type, externalIPs }: Readonly<Record<string, unknown>>): Service['exposedBy'] {
  if (type === 'LoadBalancer' || type === 'NodePort') return 'type'
  return Array.isArray(externalIPs) && externalIPs.length > 0 ? 'externalIPs' : undefined
}

function isLabel(entry: readonly [string, unknown]): entry is [string, string] {
  return typeof entry[1] === 'string'
}

function portOf(port: unknown): ServicePort | undefined {
  if (!isMapping(port)) return undefined
  const target = port.targetPort ?? port.port
  if (typeof target !== 'number' && typeof target !== 'string') return undefined
  return { protocol: typeof port.protocol === 'string' ? port.protocol : 'TCP', target }
}
