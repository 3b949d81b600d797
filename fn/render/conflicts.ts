import type { Item } from '../input/item.ts'
import { placeOf } from '../positions/locator.ts'
import { type Finding, fieldFinding, objectFinding } from '../results/finding.ts'
import type { Plan } from './plan.ts'
import type { Selection } from './select.ts'

/** Left on every item when kpt showed the function only some of them; the prefix changed between kpt versions. */
const SELECTED = /internal\.config\.(?:k8s\.io|kubernetes\.io)\/kpt-resource-id/

/** What forbids to carry out a plan. */
export function conflicts(plan: Plan, selection: Selection): Finding[] {
  return [...selectorConflict(selection.items), ...nameConflicts(plan, selection)]
}

/** With selectors we would see half of the package: templates would be missing, and Pods of before be made again. */
function selectorConflict(items: readonly Item[]): Finding[] {
  const selected = items.find(({ text }) => SELECTED.test(text))
  const message = 'must see the whole package; remove `selectors` and `exclude` from this function in the Kptfile'
  return selected ? [objectFinding('error', { text: '', origin: { path: 'Kptfile', index: 0 } }, message)] : []
}

function nameConflicts({ wanted }: Plan, { foreignPods, foreignClaims }: Selection): Finding[] {
  const declared = new Map(
    [...foreignPods, ...foreignClaims].map((one) => [idOf(one.value.kind, one.value.metadata), one]),
  )
  return wanted.flatMap(({ builder, pod, claim }) =>
    [{ kind: 'Pod', ...pod }, ...(claim ? [{ kind: 'PersistentVolumeClaim', ...claim.claim }] : [])].flatMap((one) => {
      const foreign = declared.get(idOf(one.kind, one))
      if (!foreign) return []
      const message = `must not create ${one.kind} "${one.name}", which ${placeOf(foreign.item)} already declares; rename one of them`
      return [fieldFinding('error', builder.buildkit.item, { path: ['metadata', 'name'], message })]
    }),
  )
}

interface Named {
  readonly name?: string | undefined
  readonly namespace?: string | undefined
}

function idOf(kind: string, { namespace, name }: Named): string {
  return `${kind} ${namespace ?? ''}/${name}`
}
