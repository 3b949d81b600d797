import { pathText } from '../../crds/issues/field-path.ts'
import { HANDOVER_ANNOTATION, TEMPLATE_LABEL } from '../../crds/names.ts'
import type { Path } from '../../crds/validate.ts'
import { type KubernetesObject, objectId, type Source } from '../input/item.ts'
import { placeOf } from '../positions/locator.ts'
import { type Finding, fieldFinding, objectFinding } from '../results/finding.ts'
import { plural } from '../results/words.ts'
import { differencesOf } from './differences.ts'
import { isEngineAnnotation } from './engine-annotations.ts'
import { type Contents, contentsOf } from './expand.ts'
import { isCopy, type Kind, ownerLabelOf } from './kinds.ts'
import type { Plan, WantedObject, WantedPod } from './plan.ts'

/** What templates and Buildkits decide of an object that keeps its name. A Pod has another name when its content changes. */
const OF_SOURCES: Readonly<Record<Exclude<Kind, 'Pod'>, readonly string[]>> = {
  PersistentVolumeClaim: ['spec.resources.requests.storage'],
  Service: ['spec.type', 'spec.ports[0].port'],
  PodDisruptionBudget: ['spec.minAvailable'],
  Certificate: ['spec.duration', 'spec.renewBefore', 'spec.dnsNames', 'spec.issuerRef'],
}

/** An error for each object that somebody has copied from a rendered one: rendering would remove it, with its file. */
export function copyFindings({ stale }: Plan): readonly Finding[] {
  return stale.filter(({ item, value }) => item.origin && isCopy(value)).map(copyFinding)
}

export function copyFinding({ item, value }: Source<KubernetesObject>): Finding {
  const { kind } = value
  const label = ownerLabelOf(value)
  const message = `must not have the label "${label}", because rendering gives no ${kind} this name; remove the label to keep the ${kind}, or remove the ${kind}`
  return fieldFinding('error', item, { path: ['metadata', 'labels', label], message })
}

/** An error for each second object of one name, of which rendering would keep only one. */
export function duplicateFindings(rendered: readonly Source<KubernetesObject>[]): readonly Finding[] {
  const seen = new Map<string, Source<KubernetesObject>>()
  return rendered.flatMap((one) => {
    const { kind, metadata } = one.value
    const id = `${kind} ${objectId(metadata.namespace, metadata.name)}`
    const first = seen.get(id)
    if (!first) seen.set(id, one)
    const message = `must be the only ${kind} of this name in its namespace, but ${first && placeOf(first.item)} has another; remove one of them`
    return first ? [fieldFinding('error', one.item, { path: ['metadata', 'name'], message })] : []
  })
}

/** A warning about each object that is written again over a change that somebody has made in it. */
export function overwrittenFindings({ wanted, shared }: Plan): readonly Finding[] {
  return [
    ...wanted.flatMap((one) => [
      ...one.pods.flatMap((pod) => overwritten({ ...pod, contents: () => contentsOf(pod.pod) })),
      ...one.beside.flatMap(ofObject),
    ]),
    ...shared.flatMap(ofObject),
  ]
}

function ofObject(one: WantedObject): readonly Finding[] {
  return overwritten({ ...one, contents: () => one.contents })
}

type Overwritten = Pick<WantedPod, 'existing' | 'isUpToDate'> & { readonly contents: () => Contents }

function overwritten({ existing, isUpToDate, contents }: Overwritten): readonly Finding[] {
  if (!existing || isUpToDate) return []
  const { item, value } = existing
  const wanted = contents()
  if (value.metadata.name !== wanted.name) return value.kind === 'Certificate' ? [replaced(existing, wanted)] : []
  const [first, ...others] = [...differencesOf(value, wanted)]
    .map(({ path }) => path)
    .filter((path) => isByHand(wanted.kind, path))
  if (!first) return []
  const also = others.length > 0 ? ` with ${plural(others.length, 'more field')}` : ''
  const message = `was changed by hand or by a later function${also}; rendering overwrites it`
  return [fieldFinding('warning', item, { path: first, message })]
}

function replaced({ item, value }: Source<KubernetesObject>, { name }: Contents): Finding {
  const message = `replaced by "${name}", because the template fills another Secret; Secret "${value.metadata.name}" stays in the cluster`
  return objectFinding('info', item, message)
}

/** Whether nothing in Git but the object itself decides what a field is. */
function isByHand(kind: Kind, path: Path): boolean {
  const [part, field, key] = path
  const isMap = part === 'metadata' && (field === 'labels' || field === 'annotations')
  if (kind === 'Pod') return !(isMap && isOfPolicy(String(key)))
  const text = pathText(path)
  return !isMap && !OF_SOURCES[kind].some((own) => text.startsWith(own))
}

/** Whether a label or annotation of a Pod is no part of its content, so that it changes without the name. */
function isOfPolicy(key: string): boolean {
  return key === TEMPLATE_LABEL || key === HANDOVER_ANNOTATION || isEngineAnnotation(key)
}
