import { type Finding, fieldFinding, objectFinding } from './finding.ts'
import type { Item, KubernetesObject } from './item.ts'
import type { Plan, Wanted } from './plan.ts'
import { placeOf, type Selection, type Source } from './select.ts'

/** Left on every item when kpt showed the function only some of them; the prefix changed between kpt versions. */
const SELECTED = /internal\.config\.(?:k8s\.io|kubernetes\.io)\/kpt-resource-id/

/** What forbids to carry out a plan. */
export function conflicts(plan: Plan, selection: Selection): Finding[] {
  return [
    ...selectorConflict(selection.items),
    ...nameConflicts(plan, selection),
    ...kustomizationConflicts(plan, selection),
  ]
}

/** With selectors we would see half of the package: templates would be missing, and Pods of before be made again. */
function selectorConflict(items: readonly Item[]): Finding[] {
  const selected = items.find(({ text }) => SELECTED.test(text))
  const message = 'must see the whole package: remove `selectors` and `exclude` from this function in the Kptfile'
  return selected ? [objectFinding('error', { text: '', origin: { path: 'Kptfile', index: 0 } }, message)] : []
}

function nameConflicts({ wanted }: Plan, { foreignPods }: Selection): Finding[] {
  const byName = new Map(foreignPods.map((pod) => [idOf(pod.value.metadata.namespace, pod.value.metadata.name), pod]))
  return wanted.flatMap(({ builder, pod }) => {
    const foreign = byName.get(idOf(pod.namespace, pod.name))
    if (!foreign) return []
    const message = `would make Pod "${pod.name}", which ${placeOf(foreign.item)} declares already; rename one of them`
    return [fieldFinding('error', builder.buildkit.item, { path: ['metadata', 'name'], message })]
  })
}

function idOf(namespace: string | undefined, name: string | undefined): string {
  return `${namespace ?? ''}/${name}`
}

/** An engine would apply a Buildkit whose Pod never comes. */
function kustomizationConflicts({ wanted }: Plan, { kustomizations }: Selection): Finding[] {
  return kustomizations.flatMap((kustomization) => wanted.flatMap((one) => leftOut(kustomization, one)))
}

function leftOut({ item, value }: Source<KubernetesObject>, { builder, origin }: Wanted): Finding[] {
  const buildkit = builder.buildkit.item.origin
  if (!origin || !buildkit || !item.origin || item.origin.packagePath !== buildkit.packagePath) return []
  const folder = item.origin.path.slice(0, item.origin.path.lastIndexOf('/') + 1)
  const resources = (Array.isArray(value.resources) ? value.resources : []).map((one) => joined(folder, String(one)))
  if (!resources.includes(buildkit.path) || resources.includes(origin.path)) return []
  const line = relative(folder, origin.path)
  const { name } = builder.buildkit.value.metadata
  const message = `must list "${line}" too, or the Pod of Buildkit "${name}" is never applied; add the line \`- ${line}\``
  return [fieldFinding('error', item, { path: ['resources'], message, proposedValue: line })]
}

function joined(folder: string, resource: string): string {
  const parts: string[] = []
  for (const part of `${folder}${resource}`.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '.' && part !== '') parts.push(part)
  }
  return `${folder.startsWith('/') ? '/' : ''}${parts.join('/')}`
}

function relative(folder: string, path: string): string {
  return path.startsWith(folder) ? path.slice(folder.length) : path
}
