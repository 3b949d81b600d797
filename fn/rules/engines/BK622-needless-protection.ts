import { DO_NOT_DISRUPT, SAFE_TO_EVICT } from '../../upstream/kubernetes/annotations.ts'
import { annotationBreach } from '../breaches/breach.ts'
import { manifests } from '../example.ts'
import { ownAnnotation } from '../facts/user-fields.ts'
import type { Rule } from '../rule.ts'

/** What keeps autoscalers from the node of a Pod. */
const PROTECTIONS = [
  { key: DO_NOT_DISRUPT, value: 'true', by: 'Karpenter' },
  { key: SAFE_TO_EVICT, value: 'false', by: 'Cluster Autoscaler' },
]

/** The budget of the replicas is enough. */
export const rule: Rule = {
  severity: 'info',
  text: () => ({
    what: 'An annotation keeps autoscalers from the nodes of a builder that has replicas.',
    why: 'The PodDisruptionBudget of the replicas lets one Pod go at a time, after its builds have ended, while the others serve. With the annotation, the autoscaler replaces or removes none of their nodes.',
    source:
      'kubernetes-sigs/karpenter, pkg/utils/pod/scheduling.go, IsDisruptable; kubernetes/autoscaler, cluster-autoscaler/simulator/drainability/rules/notsafetoevict/rule.go',
    example: {
      wrong: manifests(
        { kind: 'BuildkitTemplate', spec: { podAnnotations: { [DO_NOT_DISRUPT]: 'true' } } },
        { kind: 'Buildkit', spec: { replicas: 2 } },
      ),
      right: manifests({ kind: 'BuildkitTemplate' }, { kind: 'Buildkit', spec: { replicas: 2 } }),
    },
  }),
  of: 'builder',
  needs: 'annotations',
  find: (builder) => {
    if (builder.replicas === 1) return []
    return PROTECTIONS.flatMap(({ key, value, by }) => {
      const own = ownAnnotation(builder, key)
      if (own?.value !== value) return []
      const message = `is not needed with \`spec.replicas\`, whose PodDisruptionBudget lets one Pod go at a time, and keeps ${by} from the node of each; remove it`
      return [annotationBreach(own, message)]
    })
  },
}
