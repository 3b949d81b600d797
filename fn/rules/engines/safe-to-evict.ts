import { annotationBreach } from '../breaches/annotation-breach.ts'
import { demandedLabels } from '../facts/demanded-labels.ts'
import type { TemplateFacts } from '../facts/facts.ts'
import { ownAnnotation } from '../facts/own-annotation.ts'
import type { Rule } from '../rule.ts'

/** Without "true" Cluster Autoscaler removes no node on which a Pod like ours runs. */
export const SAFE_TO_EVICT = 'cluster-autoscaler.kubernetes.io/safe-to-evict'
const SOURCE =
  'kubernetes/autoscaler, cluster-autoscaler/utils/drain/drain.go and simulator/drainability/rules/replicated/rule.go'

/** "on-completion" is of newer releases. */
const VALUES = ['true', 'false', 'on-completion']

/** Labels of groups of nodes, which managed clusters scale; who picks one has an autoscaler, most of the time. */
const NODE_GROUPS = [
  'cloud.google.com/gke-nodepool',
  'eks.amazonaws.com/nodegroup',
  'alpha.eksctl.io/nodegroup-name',
  'kubernetes.azure.com/agentpool',
  'agentpool',
]

/** Told only where there is a sign of an autoscaler. */
export const NEVER_SCALED_DOWN: Rule = {
  id: 'BK612',
  severity: 'info',
  what: 'Cluster Autoscaler never removes a node on which a builder runs.',
  why: 'A builder is a Pod without a controller, and with an `emptyDir` for its cache; either keeps its node up, even when nobody builds. With the annotation `true` the autoscaler evicts it as it does others, and the engine makes it again; `false` says that the node shall stay.',
  source: SOURCE,
  example: {
    wrong: `kind: BuildkitTemplate
spec:
  scheduling:
    nodeSelector:
      cloud.google.com/gke-nodepool: builders
`,
    right: `kind: BuildkitTemplate
spec:
  podAnnotations:
    ${SAFE_TO_EVICT}: "true"
  scheduling:
    nodeSelector:
      cloud.google.com/gke-nodepool: builders
`,
  },
  of: 'builder',
  needs: 'scheduling',
  find: (builder) => {
    const { template } = builder
    if (!picksNodeGroup(template) || ownAnnotation(builder, SAFE_TO_EVICT)) return []
    const message = `must say with "${SAFE_TO_EVICT}" whether Cluster Autoscaler may remove the node of a builder: "true", or "false" for never; without it it never does`
    return [{ item: template.template.item, path: ['spec', 'podAnnotations'], message }]
  },
}

/** The autoscaler compares letter by letter. */
export const UNKNOWN_TO_AUTOSCALER: Rule = {
  id: 'BK613',
  severity: 'warning',
  what: 'Cluster Autoscaler does not know this value of `safe-to-evict`.',
  why: 'It is as if the annotation were not there: the node of the builder is never removed.',
  source: SOURCE,
  example: {
    wrong: `kind: BuildkitTemplate
spec:
  podAnnotations:
    ${SAFE_TO_EVICT}: never
`,
    right: `kind: BuildkitTemplate
spec:
  podAnnotations:
    ${SAFE_TO_EVICT}: "true"
`,
  },
  of: 'builder',
  needs: 'annotations',
  find: (builder) => {
    const own = ownAnnotation(builder, SAFE_TO_EVICT)
    if (!own || VALUES.includes(own.value)) return []
    return [annotationBreach(own, `must be "true" or "false", got "${own.value}", which has no effect`)]
  },
}

function picksNodeGroup(template: TemplateFacts): boolean {
  return demandedLabels(template).some(({ label }) => NODE_GROUPS.includes(label))
}
