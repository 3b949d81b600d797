import { contradiction } from '../../upstream/kubernetes/contradiction.ts'
import { templateOf } from '../example.ts'
import { NODE_TERMS, type NodeTerm, requiredNodeTerms } from '../facts/scheduling.ts'
import type { Rule } from '../rule.ts'

/** What no node can meet. */
export const rule: Rule = {
  severity: 'error',
  text: () => ({
    what: '`nodeSelector` and the required node affinity contradict each other, so no node matches.',
    why: 'A node must match the whole `nodeSelector` and one whole term. The Pod stays Pending, and an autoscaler adds nodes that do not help, or none.',
    source: 'component-helpers v0.37.2, scheduling/corev1/nodeaffinity/nodeaffinity.go, RequiredNodeAffinity.Match',
    example: {
      wrong: templateOf({
        scheduling: {
          nodeSelector: { 'kubernetes.io/arch': 'amd64' },
          affinity: {
            nodeAffinity: {
              requiredDuringSchedulingIgnoredDuringExecution: {
                nodeSelectorTerms: [
                  {
                    matchExpressions: [{ key: 'kubernetes.io/arch', operator: 'In', values: ['arm64'] }],
                  },
                ],
              },
            },
          },
        },
      }),
      right: templateOf({
        scheduling: {
          nodeSelector: { 'kubernetes.io/os': 'linux' },
          affinity: {
            nodeAffinity: {
              requiredDuringSchedulingIgnoredDuringExecution: {
                nodeSelectorTerms: [
                  {
                    matchExpressions: [{ key: 'kubernetes.io/arch', operator: 'In', values: ['arm64'] }],
                  },
                ],
              },
            },
          },
        },
      }),
    },
  }),
  of: 'template',
  needs: 'scheduling',
  find: ({ spec: { scheduling } }) => {
    const terms = requiredNodeTerms(scheduling)
    const selected = Object.entries(scheduling.nodeSelector ?? {}).map(([key, value]) => {
      return { key, operator: 'In', values: [value] }
    })
    const reasons = terms.map((term) => reasonAgainst(term, selected))
    const [reason] = reasons
    if (reason === undefined || reasons.includes(undefined)) return []
    const message = `must match a node, together with \`nodeSelector\`; ${reason}${terms.length > 1 ? ', and the other terms fail as well' : ''}`
    return [{ path: NODE_TERMS, message }]
  },
}

function reasonAgainst(
  { matchExpressions = [], matchFields = [] }: NodeTerm,
  selected: Parameters<typeof contradiction>[0],
): string | undefined {
  if (matchExpressions.length + matchFields.length === 0) return 'a term without conditions matches no node'
  return contradiction([...selected, ...matchExpressions]) ?? contradiction(matchFields)
}
