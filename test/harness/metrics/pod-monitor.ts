import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'

const FILE = join(import.meta.dirname, '../../../examples/metrics/pod-monitor.yaml')

/** Of a PodMonitor what the example has. */
interface PodMonitor {
  readonly metadata: { readonly name: string; readonly namespace: string }
  readonly spec: {
    readonly selector: { readonly matchExpressions: readonly { readonly key: string; readonly operator: 'Exists' }[] }
    readonly podTargetLabels: readonly string[]
    readonly podMetricsEndpoints: readonly { readonly port: string }[]
  }
}

/** What the Prometheus Operator makes of the PodMonitor of examples/metrics: one configuration for each of its ports. */
export function scrapesOfPodMonitor(kubeconfig: string): readonly object[] {
  const { metadata, spec }: PodMonitor = parse(readFileSync(FILE, 'utf8'))
  const { name, namespace } = metadata
  const selected = spec.selector.matchExpressions.map(({ key, operator }) => {
    if (operator !== 'Exists') throw new Error(`an operator must be Exists, got ${operator}`)
    return { action: 'keep', source_labels: [`__meta_kubernetes_pod_labelpresent_${sanitized(key)}`], regex: 'true' }
  })
  const labels = spec.podTargetLabels.map((label) => ({
    source_labels: [`__meta_kubernetes_pod_label_${sanitized(label)}`],
    target_label: sanitized(label),
    regex: '(.+)',
  }))
  return spec.podMetricsEndpoints.map(({ port }, index) => ({
    job_name: `podMonitor/${namespace}/${name}/${index}`,
    kubernetes_sd_configs: [{ role: 'pod', kubeconfig_file: kubeconfig, namespaces: { names: [namespace] } }],
    relabel_configs: [
      ...selected,
      { action: 'drop', source_labels: ['__meta_kubernetes_pod_phase'], regex: '(Failed|Succeeded)' },
      { action: 'keep', source_labels: ['__meta_kubernetes_pod_container_port_name'], regex: port },
      { source_labels: ['__meta_kubernetes_namespace'], target_label: 'namespace' },
      { source_labels: ['__meta_kubernetes_pod_container_name'], target_label: 'container' },
      { source_labels: ['__meta_kubernetes_pod_name'], target_label: 'pod' },
      ...labels,
      { target_label: 'job', replacement: `${namespace}/${name}` },
      { target_label: 'endpoint', replacement: port },
    ],
  }))
}

/** Prometheus' name for a label of Kubernetes. */
function sanitized(label: string): string {
  return label.replaceAll(/\W/g, '_')
}
