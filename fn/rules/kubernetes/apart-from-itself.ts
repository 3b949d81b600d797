import { BUILDKIT_LABEL, labelValueOf } from '../../../crds/names.ts'
import type { Rule } from '../rule.ts'
import { selects } from './selects.ts'

/** A builder that must not run beside itself. */
export const APART_FROM_ITSELF: Rule = {
  id: 'BK520',
  severity: 'info',
  what: 'A required `podAntiAffinity` keeps a builder from starting in the same place as the Pod that it replaces.',
  why: 'A changed builder is a new Pod beside the old one, which stays until the new one is ready. Where there is no other place, the new one waits for the old one and the old one for the new one.',
  source: 'docs/status.md; api v0.37.2, core/v1/types.go, PodAntiAffinity',
  example: {
    wrong: `kind: BuildkitTemplate
spec:
  scheduling:
    affinity:
      podAntiAffinity:
        requiredDuringSchedulingIgnoredDuringExecution:
        - topologyKey: kubernetes.io/hostname
          labelSelector:
            matchLabels:
              app.kubernetes.io/name: buildkit
`,
    right: `kind: BuildkitTemplate
spec:
  scheduling:
    affinity:
      podAntiAffinity:
        preferredDuringSchedulingIgnoredDuringExecution:
        - weight: 100
          podAffinityTerm:
            topologyKey: kubernetes.io/hostname
            labelSelector:
              matchLabels:
                app.kubernetes.io/name: buildkit
`,
  },
  of: 'builder',
  find: ({ template, blueprint, buildkits: [buildkit] }) => {
    const terms =
      template.spec.scheduling.affinity?.podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? []
    const name = labelValueOf(buildkit?.value.metadata.name ?? '')
    return terms.flatMap(({ labelSelector }, at) => {
      if (!selects(labelSelector, { [BUILDKIT_LABEL]: name, ...blueprint.labels })) return []
      const path = `spec.scheduling.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution[${at}]`
      const message =
        'means the builder itself: be sure that there is one place more than builders, or prefer it instead, so that a changed builder can start beside the old one'
      return [{ item: template.template.item, path, message }]
    })
  },
}
