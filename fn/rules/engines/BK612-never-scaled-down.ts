import { SAFE_TO_EVICT } from '../../upstream/kubernetes/annotations.ts'
import { templateOf } from '../example.ts'
import type { TemplateFacts } from '../facts/facts.ts'
import { demandedLabels } from '../facts/scheduling.ts'
import { ownAnnotation } from '../facts/user-fields.ts'
import type { Rule } from '../rule.ts'

/** Labels of groups of nodes, which managed clusters scale; who picks one has an autoscaler, most of the time. */
const NODE_GROUPS = [
  'cloud.google.com/gke-nodepool',
  'eks.amazonaws.com/nodegroup',
  'alpha.eksctl.io/nodegroup-name',
  'kubernetes.azure.com/agentpool',
  'agentpool',
]

/** Told only where there is a sign of an autoscaler. */
export const rule: Rule = {
  severity: 'info',
  text: () => ({
    what: 'Cluster Autoscaler never removes a node that runs a builder.',
    why: 'A builder is a Pod without a controller, and has an `emptyDir` for its cache. Each of the two keeps the node of an idle builder. With the annotation `true`, the autoscaler evicts the builder like other Pods, and the engine creates it again. With `false`, the node stays.',
    source:
      'kubernetes/autoscaler, cluster-autoscaler/utils/drain/drain.go and simulator/drainability/rules/replicated/rule.go',
    example: {
      wrong: templateOf({ scheduling: { nodeSelector: { 'cloud.google.com/gke-nodepool': 'builders' } } }),
      right: templateOf({
        podAnnotations: { [SAFE_TO_EVICT]: 'true' },
        scheduling: { nodeSelector: { 'cloud.google.com/gke-nodepool': 'builders' } },
      }),
    },
  }),
  of: 'builder',
  needs: 'scheduling',
  find: (builder) => {
    const { template } = builder
    if (!picksNodeGroup(template) || ownAnnotation(builder, SAFE_TO_EVICT)) return []
    const message = `must set "${SAFE_TO_EVICT}" to decide whether Cluster Autoscaler can remove the node of a builder, "true" or "false"; without it, it never does`
    return [{ item: template.template.item, path: ['spec', 'podAnnotations'], message }]
  },
}

function picksNodeGroup(template: TemplateFacts): boolean {
  return demandedLabels(template).some(({ label }) => NODE_GROUPS.includes(label))
}
