import type { TemplateFacts } from '../facts.ts'
import type { Rule } from '../rule.ts'

type Toleration = NonNullable<TemplateFacts['spec']['scheduling']['tolerations']>[number]

/** Tolerations that add nothing to another one. */
export const COVERED_TOLERATION: Rule = {
  id: 'BK513',
  severity: 'warning',
  what: 'A toleration has no effect, because another one tolerates as much for as long.',
  why: 'Who removes the wider one later believes that this one is in force, or the other way round; often one of the two was to be something else.',
  source: 'api v0.37.2, core/v1/toleration.go, ToleratesTaint: one toleration that matches is enough',
  example: {
    wrong: `kind: BuildkitTemplate
spec:
  scheduling:
    tolerations:
    - key: dedicated
      operator: Exists
    - key: dedicated
      operator: Equal
      value: buildkit
      effect: NoSchedule
`,
    right: `kind: BuildkitTemplate
spec:
  scheduling:
    tolerations:
    - key: dedicated
      operator: Equal
      value: buildkit
      effect: NoSchedule
`,
  },
  of: 'template',
  find: ({ spec }) => {
    const all = spec.scheduling.tolerations ?? []
    return all.flatMap((one, at) => {
      const cover = all.findIndex(
        (other, index) => index !== at && covers(other, one) && (index < at || !covers(one, other)),
      )
      if (cover < 0) return []
      const message = `has no effect: tolerations[${cover}] tolerates as much for as long; remove one of them`
      return [{ path: `spec.scheduling.tolerations[${at}]`, message }]
    })
  },
}

function covers(wide: Toleration, narrow: Toleration): boolean {
  const isEveryKey = !wide.key && wide.operator === 'Exists'
  const isAsLong = (wide.tolerationSeconds ?? Infinity) >= (narrow.tolerationSeconds ?? Infinity)
  const isSameEffect = !wide.effect || wide.effect === narrow.effect
  if (!(isAsLong && isSameEffect)) return false
  return isEveryKey || (wide.key === narrow.key && !!wide.key && coversValue(wide, narrow))
}

function coversValue(wide: Toleration, narrow: Toleration): boolean {
  if (wide.operator === 'Exists') return true
  return (wide.operator || 'Equal') === (narrow.operator || 'Equal') && (wide.value ?? '') === (narrow.value ?? '')
}
