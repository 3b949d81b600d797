import { templateOf } from '../example.ts'
import { demandedLabels } from '../facts/scheduling.ts'
import type { Rule } from '../rule.ts'

const LABELS = ['kubernetes.io/os', 'beta.kubernetes.io/os']

/** Nodes on which the Pod cannot run. */
export const rule: Rule = {
  severity: 'error',
  text: () => ({
    what: '`nodeSelector` or the required node affinity selects nodes that do not run Linux.',
    why: "BuildKit's container, its paths and its drain script need Linux. On a Windows node, the kubelet cannot start the Pod.",
    source: 'docs/reference.md; kubernetes.io, well-known labels, kubernetes.io/os',
    example: {
      wrong: templateOf({ scheduling: { nodeSelector: { 'kubernetes.io/os': 'windows' } } }),
      right: templateOf({ scheduling: { nodeSelector: { 'kubernetes.io/os': 'linux' } } }),
    },
  }),
  of: 'template',
  needs: 'scheduling',
  find: (template) =>
    demandedLabels(template).flatMap(({ label, value, path }) => {
      if (!LABELS.includes(label) || value === 'linux') return []
      return [{ path, message: `must be "linux", got "${value}"`, currentValue: value, proposedValue: 'linux' }]
    }),
}
