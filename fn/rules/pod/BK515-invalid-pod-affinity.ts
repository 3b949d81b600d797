import { labelSelectorIssues, matchLabelKeysIssues } from '../../upstream/kubernetes/label-selectors.ts'
import { isLabelKey, LABEL_KEY } from '../../upstream/kubernetes/labels.ts'
import type { Breach } from '../breaches/breach.ts'
import { templateOf } from '../example.ts'
import { type PodAffinityTerm, podAffinityTerms, podLabelKeys } from '../facts/scheduling.ts'
import type { Rule } from '../rule.ts'

const NAMESPACE = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/

/** Affinity to Pods that Kubernetes does not take. */
export const rule: Rule = {
  severity: 'error',
  cannotWork: true,
  text: () => ({
    what: 'A term of `podAffinity` or `podAntiAffinity` is incomplete or uses an unknown operator.',
    why: 'The API server rejects the Pod.',
    source:
      'kubernetes v1.37.2, pkg/apis/core/validation/validation.go, validatePodAffinityTerm and validateWeightedPodAffinityTerms',
    example: {
      wrong: templateOf({
        scheduling: {
          affinity: {
            podAntiAffinity: {
              preferredDuringSchedulingIgnoredDuringExecution: [
                {
                  weight: 1000,
                  podAffinityTerm: { topologyKey: 'kubernetes.io/hostname', labelSelector: {} },
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
                  podAffinityTerm: { topologyKey: 'kubernetes.io/hostname', labelSelector: {} },
                },
              ],
            },
          },
        },
      }),
    },
  }),
  of: 'template',
  needs: 'affinity',
  find: (template) => {
    const ofPods = podLabelKeys(template)
    return podAffinityTerms(template).flatMap((one) => [
      ...termIssues(one),
      ...matchLabelKeysIssues(one.term, one.path, ofPods),
    ])
  },
}

function termIssues({ term, path, weight }: PodAffinityTerm): readonly Breach[] {
  const { topologyKey, namespaces = [], labelSelector, namespaceSelector } = term
  const breaches: Breach[] = []
  if (weight && !(weight.value >= 1 && weight.value <= 100)) {
    const message = `must be from 1 to 100, got ${weight.value}`
    breaches.push({ path: weight.path, message, currentValue: weight.value })
  }
  if (!isLabelKey(topologyKey)) {
    const message = `must be ${LABEL_KEY}, got "${topologyKey}"`
    breaches.push({ path: [...path, 'topologyKey'], message, currentValue: topologyKey })
  }
  namespaces.forEach((name, at) => {
    const message = `must be the name of a namespace, got "${name}"`
    if (!NAMESPACE.test(name)) breaches.push({ path: [...path, 'namespaces', at], message, currentValue: name })
  })
  return [
    ...breaches,
    ...labelSelectorIssues(labelSelector, [...path, 'labelSelector']),
    ...labelSelectorIssues(namespaceSelector, [...path, 'namespaceSelector']),
  ]
}
