import type { Path } from '../../crds/validate.ts'
import { type Item, isMapping, objectId } from '../input/item.ts'
import { placeOf } from '../positions/locator.ts'
import { type Finding, fieldFinding, objectFinding } from '../results/finding.ts'
import { otherHolder } from '../upstream/cert-manager/certificate.ts'
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

/** Objects that are not ours have these names already, or two templates want one. */
function nameConflicts(plan: Plan, selection: Selection): Finding[] {
  const { foreignPods, foreignClaims, services, podDisruptionBudgets, certificates } = selection
  const foreign = [...foreignPods, ...foreignClaims, ...services, ...podDisruptionBudgets, ...certificates]
  const declared = new Map(foreign.map(({ item, value }) => [idOf(value.kind, value.metadata), item]))
  return planned(plan).flatMap(({ kind, object, item, path }) => {
    const id = idOf(kind, object)
    const other = declared.get(id)
    // Two Buildkits of one name have an error already; what templates call theirs is up to them.
    if (!other && path !== NAME) declared.set(id, item)
    if (!other) return []
    const message =
      kind === 'Certificate' ? certificateMessage(String(object.name), other) : declaredMessage(kind, object, other)
    return [fieldFinding('error', item, { path, message })]
  })
}

function declaredMessage(kind: string, { name }: Named, other: Item): string {
  return `must not create ${kind} "${name}", which ${placeOf(other)} already declares; rename one of them`
}

/** A Certificate has the name of its Secret, so that two of them write one Secret. */
function certificateMessage(name: string, other: Item): string {
  const { object } = other
  if (object?.kind === 'BuildkitTemplate')
    return `must be another Secret, because BuildkitTemplate "${object.metadata.name}" in ${placeOf(other)} renders Certificate "${name}"; leave out \`tls.certificate\` in one of them to share the Secret`
  const holder = isMapping(object?.spec) ? otherHolder(object.spec, '') : undefined
  if (holder) return `must be another Secret, because Certificate "${name}" in ${placeOf(other)} is that of ${holder}`
  return `must be another Secret, because ${placeOf(other)} already declares Certificate "${name}"; or leave out \`tls.certificate\``
}

/** An object of a plan, and where its name is from. */
interface Planned {
  readonly kind: string
  readonly object: Named
  readonly item: Item
  readonly path: Path
}

interface Named {
  readonly name?: string | undefined
  readonly namespace?: string | undefined
}

const NAME: Path = ['metadata', 'name']

function planned({ wanted, shared }: Plan): readonly Planned[] {
  return [
    ...wanted.flatMap(({ builder: { buildkit }, pods, beside }) => [
      ...pods.map(({ pod }) => ({ kind: 'Pod', object: pod, item: buildkit.item, path: NAME })),
      ...beside.map(({ contents }) => ({ kind: contents.kind, object: contents, item: buildkit.item, path: NAME })),
    ]),
    ...shared.map(({ contents, template }) => ({
      kind: contents.kind,
      object: contents,
      item: template.item,
      path: ['spec', 'tls', 'secretName'],
    })),
  ]
}

function idOf(kind: string, { namespace, name }: Named): string {
  return `${kind} ${objectId(namespace, name)}`
}
