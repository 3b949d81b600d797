import { templateOf } from '../example.ts'
import { demandedLabels } from '../facts/scheduling.ts'
import type { Rule } from '../rule.ts'

/** Labels of nodes that are taken away, and the seconds between the notice and the end. */
const SPOT: readonly { readonly label: string; readonly value: string; readonly notice: number }[] = [
  { label: 'eks.amazonaws.com/capacityType', value: 'SPOT', notice: 120 },
  { label: 'cloud.google.com/gke-spot', value: 'true', notice: 30 },
  { label: 'cloud.google.com/gke-preemptible', value: 'true', notice: 30 },
  { label: 'kubernetes.azure.com/scalesetpriority', value: 'spot', notice: 30 },
  { label: 'karpenter.sh/capacity-type', value: 'spot', notice: 120 },
]

export const rule: Rule = {
  severity: 'info',
  text: () => ({
    what: 'Nodes of this kind are reclaimed with less notice than the grace period of their builders.',
    why: 'A build that does not finish within the notice fails, whatever `terminationGracePeriodSeconds` is, and the cache of the builder is lost with its node. The lower price can be worth it. Use a separate template for long builds and releases.',
    source:
      'documentation of the clouds: Spot Instance interruptions (EC2, two minutes), Spot VMs (GKE, 30 seconds), Spot node pools (AKS, 30 seconds)',
    example: {
      wrong: templateOf({ scheduling: { nodeSelector: { 'cloud.google.com/gke-spot': 'true' } } }),
      right: templateOf({
        lifecycle: { terminationGracePeriodSeconds: 25 },
        scheduling: { nodeSelector: { 'cloud.google.com/gke-spot': 'true' } },
      }),
    },
  }),
  of: 'template',
  needs: 'scheduling',
  find: (template) => {
    const { terminationGracePeriodSeconds: grace } = template.spec.lifecycle
    return demandedLabels(template).flatMap(({ label, value, path }) => {
      const spot = SPOT.find((one) => one.label === label && one.value === value)
      if (!spot || grace <= spot.notice) return []
      const message = `must be for builds that finish within ${spot.notice} seconds, the notice of such nodes; \`terminationGracePeriodSeconds\` is ${grace}`
      return [{ path, message, currentValue: value }]
    })
  },
}
