import { templateOf } from '../example.ts'
import { podAffinityTerms } from '../facts/scheduling.ts'
import type { Rule } from '../rule.ts'

/** Affinity to no Pods. */
export const rule: Rule = {
  severity: 'warning',
  text: () => ({
    what: 'A term of `podAffinity` or `podAntiAffinity` has no `labelSelector`, so it selects no Pods.',
    why: 'A required affinity to no Pods leaves the builder Pending. Any other such term has no effect. The API server warns about it.',
    source: 'kubernetes v1.37.2, pkg/api/pod/warnings.go, warningsForPodAffinityTerms',
    example: {
      wrong: templateOf({
        scheduling: {
          affinity: {
            podAntiAffinity: {
              preferredDuringSchedulingIgnoredDuringExecution: [
                { weight: 100, podAffinityTerm: { topologyKey: 'kubernetes.io/hostname' } },
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
  of: 'template',
  needs: 'affinity',
  find: (template) =>
    podAffinityTerms(template).flatMap(({ term, path }) => {
      const message = 'must be set; without it, the term selects no Pods; `{}` selects all Pods of the namespace'
      return term.labelSelector ? [] : [{ path: [...path, 'labelSelector'], message }]
    }),
}
