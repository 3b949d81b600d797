import { BUILDKIT_LABEL } from '../../../crds/names.ts'
import { podLabels } from '../../render/blueprint.ts'
import { matchesLabels } from '../../upstream/kubernetes/label-selectors.ts'
import { templateOf } from '../example.ts'
import type { PodAffinityTerm } from '../facts/scheduling.ts'
import type { Rule } from '../rule.ts'

/** A builder that must not run beside itself. */
export const rule: Rule = {
  severity: 'info',
  text: () => ({
    what: 'A required `podAntiAffinity` keeps a builder from starting in the same place as the Pod that it replaces.',
    why: 'A changed builder is a new Pod beside the old one, which stays until the new Pod is ready. If there is no other place, each of the two waits for the other.',
    source: 'docs/status.md; api v0.37.2, core/v1/types.go, PodAntiAffinity',
    example: {
      wrong: templateOf({
        scheduling: {
          affinity: {
            podAntiAffinity: {
              requiredDuringSchedulingIgnoredDuringExecution: [
                {
                  topologyKey: 'kubernetes.io/hostname',
                  labelSelector: { matchLabels: { 'app.kubernetes.io/name': 'buildkit' } },
                },
              ],
            },
          },
        },
      }),
      right: templateOf({
        scheduling: {
          affinity: {
            podAntiAffinity: {
              preferredDuringSchedulingIgnoredDuringExecution: [
                {
                  weight: 100,
                  podAffinityTerm: {
                    topologyKey: 'kubernetes.io/hostname',
                    labelSelector: { matchLabels: { 'app.kubernetes.io/name': 'buildkit' } },
                  },
                },
              ],
            },
          },
        },
      }),
    },
  }),
  of: 'builder',
  needs: 'affinity',
  find: ({ template, blueprint, buildkits: [buildkit] }) => {
    const terms =
      template.spec.scheduling.affinity?.podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? []
    const { name = '', namespace } = buildkit?.value.metadata ?? {}
    const labels = podLabels(name, blueprint)
    return terms.flatMap((term, at) => {
      if (!isThere(term, namespace) || !meansItself(term, labels)) return []
      const path = [
        'spec',
        'scheduling',
        'affinity',
        'podAntiAffinity',
        'requiredDuringSchedulingIgnoredDuringExecution',
        at,
      ]
      const message = `selects the builder itself; provide one more place than there are builders, or make the term preferred, or exclude the builder with \`mismatchLabelKeys: [${BUILDKIT_LABEL}]\`, so that a changed builder can start beside the old one`
      return [{ item: template.template.item, path, message }]
    })
  },
}

/** Whether it looks at Pods of this namespace, of whose labels only the name is known here. */
function isThere(
  { namespaces = [], namespaceSelector }: PodAffinityTerm['term'],
  namespace: string | undefined,
): boolean {
  const labels = namespace === undefined ? {} : { 'kubernetes.io/metadata.name': namespace }
  if (namespaceSelector && matchesLabels(namespaceSelector, labels)) return true
  if (namespaces.length > 0) return namespace !== undefined && namespaces.includes(namespace)
  return namespaceSelector === undefined
}

/** A label in `mismatchLabelKeys` leaves out Pods with the same value of it, as the Pod that is replaced has. */
function meansItself(
  { labelSelector, mismatchLabelKeys = [] }: PodAffinityTerm['term'],
  labels: Readonly<Record<string, string>>,
): boolean {
  if (mismatchLabelKeys.some((key) => Object.hasOwn(labels, key))) return false
  return labelSelector !== undefined && matchesLabels(labelSelector, labels)
}
