import * as z from 'zod/mini'
import { MANAGED_BY, MANAGED_BY_LABEL, PORT_NAME } from '../../../crds/names.ts'
import type { Path } from '../../../crds/validate.ts'
import { grouped } from '../../common/collections.ts'
import { type Item, isMapping, type KubernetesObject, mappingsIn, type Source } from '../../input/item.ts'
import { templateLabels } from '../../render/blueprint.ts'
import { matchesLabels } from '../../upstream/kubernetes/label-selectors.ts'
import { WrittenSelector } from '../../upstream/kubernetes/written-selector.ts'
import type { BuilderFacts, PackageFacts } from './facts.ts'
import { type Selected, type Selecting, selectedBy } from './selected-by.ts'
import { type Service, served } from './services.ts'

/** A PodMonitor or ServiceMonitor of the Prometheus operator, for one of the namespaces that it selects in. */
interface Monitor extends Selecting {
  readonly item: Item
  readonly endpoints: readonly Endpoint[]
}

/** A port that a monitor reads, and where it says so. */
export interface Endpoint {
  readonly path: Path
  readonly port: number | string
  /** Whether it is one of Pods, also in a ServiceMonitor. */
  readonly isOfPod: boolean
}

/** What a monitor selects, with the ports that it has; `of` are those of its Pods. */
export interface Monitored {
  readonly group: Selected<Monitor>
  readonly ports: readonly (number | string)[]
  readonly ofPods: readonly (number | string)[]
}

/** The builders that each PodMonitor selects. */
export function podsMonitored(facts: PackageFacts): ReadonlyMap<Item, readonly Monitored[]> {
  const monitors = facts.podMonitors.flatMap((source) => monitorsOf(source, 'podMetricsEndpoints', facts))
  const found = selectedBy(facts.builders, monitors)
  return byMonitor(
    found.map((group) => {
      const ports = portsOf(group.builder)
      return { group, ports, ofPods: ports }
    }),
  )
}

/** The builders whose Services each ServiceMonitor selects: those of templates, and others of the package. */
export function servicesMonitored(facts: PackageFacts): ReadonlyMap<Item, readonly Monitored[]> {
  const monitors = facts.serviceMonitors.flatMap((source) => monitorsOf(source, 'endpoints', facts))
  const ofTemplates = selectedBy(
    facts.builders.filter(({ template }) => template.spec.service).map(asService),
    monitors,
  )
  return byMonitor([
    ...ofTemplates.map((group) => ({ group, ports: [PORT_NAME], ofPods: portsOf(group.builder) })),
    ...ofOthers(facts, monitors),
  ])
}

/** Services have the labels of a template's objects, and that of their Buildkit, as Pods have. */
function asService(builder: BuilderFacts): BuilderFacts {
  const labels = { ...templateLabels(builder.template.template.value), [MANAGED_BY_LABEL]: MANAGED_BY }
  return { ...builder, blueprint: { ...builder.blueprint, labels } }
}

function ofOthers(facts: PackageFacts, monitors: readonly Monitor[]): readonly Monitored[] {
  const byNamespace = grouped(monitors, ({ namespace }) => namespace)
  return served(facts).groups.flatMap((group) =>
    group.by.flatMap((service) => {
      const by = (byNamespace.get(service.namespace) ?? []).filter((one) =>
        matchesLabels(one.selector, labelsOf(service)),
      )
      const ports = mappingsIn(specOf(service.item.object).ports).map(({ name }) => String(name))
      return by.length === 0 ? [] : [{ group: { ...group, by }, ports, ofPods: portsOf(group.builder) }]
    }),
  )
}

function labelsOf({ item }: Service): Readonly<Record<string, string>> {
  return item.object?.metadata.labels ?? {}
}

function byMonitor(monitored: readonly Monitored[]): ReadonlyMap<Item, readonly Monitored[]> {
  const found = monitored.flatMap((one) => one.group.by.map(({ item }) => ({ item, one })))
  return new Map([...grouped(found, ({ item }) => item)].map(([item, all]) => [item, all.map(({ one }) => one)]))
}

/** The ports of Pods by name and number; those of side containers that a patch adds are among them. */
function portsOf({ blueprint: { spec } }: BuilderFacts): readonly (number | string)[] {
  const containers = [...mappingsIn(spec.containers), ...mappingsIn(spec.initContainers)]
  const ports = containers.flatMap((container) => mappingsIn(container.ports))
  return ports.flatMap(({ name, containerPort }) => [name, containerPort]).filter(isPort)
}

/** Nothing of what is no monitor. */
function monitorsOf(
  { item, value }: Source<KubernetesObject>,
  list: 'podMetricsEndpoints' | 'endpoints',
  facts: PackageFacts,
): readonly Monitor[] {
  const spec = specOf(value)
  const selector = z.safeParse(WrittenSelector, spec.selector).data
  if (!selector) return []
  const endpoints = mappingsIn(spec[list]).flatMap((one, at) => endpointOf(one, ['spec', list, at]) ?? [])
  return namespacesOf(spec.namespaceSelector, value, facts).map((namespace) => ({
    item,
    namespace,
    selector,
    endpoints,
  }))
}

function namespacesOf(
  selector: unknown,
  { metadata }: KubernetesObject,
  { buildkits }: PackageFacts,
): readonly (string | undefined)[] {
  if (!isMapping(selector)) return [metadata.namespace]
  if (selector.any === true) return [...new Set(buildkits.map(({ value }) => value.metadata.namespace))]
  const names = Array.isArray(selector.matchNames) ? selector.matchNames.filter((one) => typeof one === 'string') : []
  return names.length === 0 ? [metadata.namespace] : [...new Set(names)]
}

/** `targetPort` is a port of Pods; undefined where nothing names one. */
function endpointOf(endpoint: Readonly<Record<string, unknown>>, path: Path): Endpoint | undefined {
  const field = ['port', 'portNumber', 'targetPort'].find((one) => isPort(endpoint[one]))
  if (field === undefined) return undefined
  return { path: [...path, field], port: endpoint[field] as number | string, isOfPod: field !== 'port' }
}

function isPort(value: unknown): value is number | string {
  return typeof value === 'number' || typeof value === 'string'
}

function specOf(object: KubernetesObject | undefined): Readonly<Record<string, unknown>> {
  return isMapping(object?.spec) ? object.spec : {}
}
