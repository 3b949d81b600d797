import { podLabels } from '../../render/blueprint.ts'
import { matchesLabels } from '../../upstream/kubernetes/label-selectors.ts'
import { templateOf } from '../example.ts'
import type { Rule } from '../rule.ts'

/** Spreading of Pods that the constraint does not count. */
export const rule: Rule = {
  severity: 'warning',
  text: () => ({
    what: 'A topology spread constraint does not count the builders that it spreads.',
    why: 'The scheduler counts the Pods that `labelSelector` selects. A builder that it does not select never changes the count, so all builders can land in one place.',
    source: 'kubernetes v1.37.2, pkg/scheduler/framework/plugins/podtopologyspread/filtering.go, selfMatchNum',
    example: {
      wrong: templateOf({
        scheduling: {
          topologySpreadConstraints: [
            {
              maxSkew: 1,
              topologyKey: 'topology.kubernetes.io/zone',
              whenUnsatisfiable: 'ScheduleAnyway',
              labelSelector: { matchLabels: { app: 'buildkit' } },
            },
          ],
        },
      }),
      right: templateOf({
        podLabels: { app: 'buildkit' },
        scheduling: {
          topologySpreadConstraints: [
            {
              maxSkew: 1,
              topologyKey: 'topology.kubernetes.io/zone',
              whenUnsatisfiable: 'ScheduleAnyway',
              labelSelector: { matchLabels: { app: 'buildkit' } },
            },
          ],
        },
      }),
    },
  }),
  of: 'builder',
  needs: 'scheduling',
  find: ({ template, blueprint, buildkits: [buildkit] }) => {
    const { item } = template.template
    const labels = podLabels(buildkit?.value.metadata.name ?? '', blueprint)
    return (template.spec.scheduling.topologySpreadConstraints ?? []).flatMap(({ labelSelector }, at) => {
      if (labelSelector && matchesLabels(labelSelector, labels)) return []
      const message = 'must select the builders themselves; add a label to `podLabels` and name it here'
      return [{ item, path: ['spec', 'scheduling', 'topologySpreadConstraints', at, 'labelSelector'], message }]
    })
  },
}
