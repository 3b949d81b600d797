import { grouped } from '../../common/collections.ts'
import { templateOf } from '../example.ts'
import type { TemplateFacts } from '../facts/facts.ts'
import type { Rule } from '../rule.ts'

type Toleration = NonNullable<TemplateFacts['spec']['scheduling']['tolerations']>[number]

/** Tolerations that add nothing to another one. */
export const rule: Rule = {
  severity: 'warning',
  text: () => ({
    what: 'A toleration has no effect, because another one tolerates the same taints for as long.',
    why: 'If you later remove or change one of the two, the other stays in force. Often one of them is meant for another taint.',
    source: 'api v0.37.2, core/v1/toleration.go, ToleratesTaint: one toleration that matches is enough',
    example: {
      wrong: templateOf({
        scheduling: {
          tolerations: [
            { key: 'dedicated', operator: 'Exists' },
            { key: 'dedicated', operator: 'Equal', value: 'buildkit', effect: 'NoSchedule' },
          ],
        },
      }),
      right: templateOf({
        scheduling: {
          tolerations: [{ key: 'dedicated', operator: 'Equal', value: 'buildkit', effect: 'NoSchedule' }],
        },
      }),
    },
  }),
  of: 'template',
  needs: 'scheduling',
  find: ({ spec }) => {
    const all = (spec.scheduling.tolerations ?? [])
      .slice(0, COMPARED_MAX)
      .map((toleration, at): Placed => ({ toleration, at }))
    const byKey = grouped(all, ({ toleration }) => toleration.key || undefined)
    const ofEveryKey = byKey.get(undefined) ?? []
    return all.flatMap((one) => {
      const { key } = one.toleration
      const others = key ? [...ofEveryKey, ...(byKey.get(key) ?? [])] : ofEveryKey
      const cover = others.find((other) => other.at !== one.at && addsNothingTo(one, other))
      if (!cover) return []
      const message = `has no effect, because tolerations[${cover.at}] tolerates the same taints for as long; remove one of them`
      return [{ path: ['spec', 'scheduling', 'tolerations', one.at], message }]
    })
  },
}

/** Each is compared with all others; nobody has as many. */
const COMPARED_MAX = 1000

interface Placed {
  readonly toleration: Toleration
  readonly at: number
}

/** Of two that are alike the first has the effect. */
function addsNothingTo(one: Placed, other: Placed): boolean {
  if (!covers(other.toleration, one.toleration)) return false
  return other.at < one.at || !covers(one.toleration, other.toleration)
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
