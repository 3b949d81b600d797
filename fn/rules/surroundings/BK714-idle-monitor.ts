import { METRICS_PORT_NAME } from '../../../crds/names.ts'
import type { Item } from '../../input/item.ts'
import { listed } from '../../results/words.ts'
import type { Breach } from '../breaches/breach.ts'
import { namesOf } from '../breaches/builders-in-words.ts'
import { manifests } from '../example.ts'
import { type Endpoint, type Monitored, podsMonitored, servicesMonitored } from '../facts/monitors.ts'
import type { Rule } from '../rule.ts'

const monitor = {
  apiVersion: 'monitoring.coreos.com/v1',
  kind: 'PodMonitor',
  spec: {
    selector: { matchLabels: { 'buildkit.seatgeek.io/template': 'example' } },
    podMetricsEndpoints: [{ port: METRICS_PORT_NAME }],
  },
}

/** A monitor that selects a builder with the port may also select builders without it. */
export const rule: Rule = {
  severity: 'warning',
  text: () => ({
    what: 'A PodMonitor or ServiceMonitor selects builders, but none of them has the port that it scrapes.',
    why: `Prometheus drops targets without the port and reports no error, so the metrics are missing. Pods have the port "${METRICS_PORT_NAME}" only with \`spec.observability.metrics\`, and a rendered Service never has it.`,
    source:
      'prometheus-operator v0.85.0, pkg/prometheus/promcfg.go, generatePodMonitorConfig and generateServiceMonitorConfig; fn/render/pod-spec.ts',
    example: {
      wrong: manifests({ kind: 'BuildkitTemplate' }, monitor),
      right: manifests({ kind: 'BuildkitTemplate', spec: { observability: { metrics: {} } } }, monitor),
    },
  }),
  of: 'package',
  find: (facts) => {
    if (facts.podMonitors.length === 0 && facts.serviceMonitors.length === 0) return []
    return [...breachesOf(podsMonitored(facts), 'Pod'), ...breachesOf(servicesMonitored(facts), 'Service')]
  },
}

type Kind = 'Pod' | 'Service'

function breachesOf(monitored: ReadonlyMap<Item, readonly Monitored[]>, kind: Kind): readonly Breach[] {
  return [...monitored].flatMap(([item, all]) => {
    const endpoints = all[0]?.group.by.find((one) => one.item === item)?.endpoints ?? []
    return endpoints
      .filter((endpoint) => !all.some((one) => portsFor(endpoint, one).includes(endpoint.port)))
      .map((endpoint) => ({
        item,
        path: endpoint.path,
        message: inWords(endpoint, all, kind),
        currentValue: endpoint.port,
      }))
  })
}

function portsFor({ isOfPod }: Endpoint, { ports, ofPods }: Monitored): readonly (number | string)[] {
  return isOfPod ? ofPods : ports
}

function inWords(endpoint: Endpoint, all: readonly Monitored[], kind: Kind): string {
  const of = endpoint.isOfPod ? 'Pod' : kind
  const buildkits = [...new Set(all.flatMap(({ group }) => group.buildkits))]
  const names = all.flatMap((one) => portsFor(endpoint, one)).filter((port) => typeof port === 'string')
  const has = [...new Set(names)].map((name) => JSON.stringify(name))
  const subject =
    buildkits.length === 1
      ? `the ${of} of ${namesOf(buildkits)}, which has`
      : `the ${of}s of ${namesOf(buildkits)}, which have`
  return `must be a port of ${subject} ${listed(has)}, got ${JSON.stringify(endpoint.port)}${hintOf(endpoint, all, of)}`
}

function hintOf({ port }: Endpoint, all: readonly Monitored[], of: Kind): string {
  if (of === 'Service') return '; use a PodMonitor'
  const isOff = all.every(({ group }) => !group.builder.template.spec.observability.metrics)
  return port === METRICS_PORT_NAME && isOff ? '; set `spec.observability.metrics` in the template' : ''
}
