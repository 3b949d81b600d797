import type { Buildkit } from '../../crds/buildkit.ts'
import { pathText } from '../../crds/issues/field-path.ts'
import { isPodNameFor, labelValueOf } from '../../crds/names.ts'
import { grouped } from '../common/collections.ts'
import { type Item, type KubernetesObject, objectId } from '../input/item.ts'
import { type Finding, fieldFinding, objectFinding } from '../results/finding.ts'
import { PRIVATE_FIELDS } from '../results/shown.ts'
import { plural } from '../results/words.ts'
import { copyFinding } from './by-hand.ts'
import { type Difference, differencesOf } from './differences.ts'
import { type Contents, contentsOf } from './expand.ts'
import { hasHashedName, isCopy, ownerKindOf, ownerOf } from './kinds.ts'
import type { Plan, Wanted, WantedObject } from './plan.ts'
import { podNameChanges } from './pod-names.ts'
import type { Selection } from './select.ts'

const NEXT_STEP = 'render the package again'
const FIRST_STEP =
  'run `kpt fn render` with render-buildkit among its mutators or commit what `render-buildkit build` prints, or check with `--unrendered` if Pods are rendered on the way to the cluster'
const FIELDS_MAX = 3
const SHOWN_MAX = 80

/** What `check` finds: an error for each package that was never rendered, and for each object that rendering would change. */
export function outOfDate(
  { wanted, shared, stale: unclaimed }: Plan,
  { buildkits }: Pick<Selection, 'buildkits'>,
): readonly Finding[] {
  const unresolved = unresolvedAmong(buildkits, wanted)
  const stale = unclaimed.filter(({ value }) => !unresolved.has(objectId(value.metadata.namespace, ownerOf(value))))
  const [unrendered = [], rendered = []] = [true, false].map((is) => wanted.filter((one) => isUnrendered(one) === is))
  const renamed = renamedIn(stale)
  const byPackage = grouped(unrendered, ({ builder }) => builder.buildkit.item.origin?.packagePath)
  return [
    ...[...byPackage.values()].map(unrenderedFinding),
    ...rendered.flatMap((one) => buildkitFindings(one, renamed)),
    ...shared.flatMap((one) => (unrendered.length === 0 ? objectFindings(one, one.anchor.item) : [])),
    ...stale.map(staleFinding),
  ]
}

/** What is of Buildkits whose template is missing or wrong: nothing can be compared with them. */
function unresolvedAmong(buildkits: Selection['buildkits'], wanted: Plan['wanted']): ReadonlySet<string> {
  const resolved = new Set(wanted.map(({ builder }) => builder.buildkit))
  const unresolved = buildkits.filter((buildkit) => !resolved.has(buildkit))
  return new Set(unresolved.map(({ value: { metadata } }) => objectId(metadata.namespace, labelValueOf(metadata.name))))
}

function isUnrendered({ builder, pods }: Wanted): boolean {
  return pods.every(({ existing }) => !existing) && builder.buildkit.value.spec.podName === undefined
}

function unrenderedFinding([first, ...others]: readonly [Wanted, ...Wanted[]]): Finding {
  const more = others.length > 0 ? `, and so must ${plural(others.length, 'more Buildkit')}` : ''
  return objectFinding('error', first.builder.buildkit.item, `must be rendered${more}; ${FIRST_STEP}`)
}

function staleFinding(stale: Plan['stale'][number]): Finding {
  const { item, value } = stale
  const { kind, metadata } = value
  if (!hasHashedName(kind) && isCopy(value)) return copyFinding(stale)
  const owner = `${ownerKindOf(value)} "${ownerOf(value)}"`
  const message = isRenamed(value)
    ? `must keep the name that it was rendered with for ${owner}; render in the outermost layer, after names are changed`
    : `must not be here, because no ${owner} in this namespace uses this ${kind}; ${NEXT_STEP}`
  return fieldFinding('error', item, { path: ['metadata', 'name'], message, currentValue: metadata.name })
}

/** The names of Services and Certificates are their users' choice, so that no other one tells anything. */
function isRenamed(object: KubernetesObject): boolean {
  const { kind, metadata } = object
  return hasHashedName(kind) && !isPodNameFor(ownerOf(object), String(metadata.name))
}

/** The names of Pods and claims that were renamed, and what Buildkits are called from which they would have them. */
function renamedIn(stale: Plan['stale']): ReadonlySet<string> {
  const renamed = stale.filter(({ value }) => isRenamed(value)).map(({ value }) => value.metadata)
  return new Set(
    renamed.flatMap(({ namespace, name = '' }) => [
      objectId(namespace, name),
      objectId(namespace, name.slice(0, name.lastIndexOf('-'))),
    ]),
  )
}

/** Whether what is a Buildkit's was renamed together with this Buildkit, which only seems to lack it. */
function isAmong(
  renamed: ReadonlySet<string>,
  { metadata: { namespace, name }, spec: { podName } }: Buildkit,
): boolean {
  const hasNamed = podName !== undefined && renamed.has(objectId(namespace, podName))
  return hasNamed || renamed.has(objectId(namespace, labelValueOf(name)))
}

function buildkitFindings(one: Wanted, renamed: ReadonlySet<string>): readonly Finding[] {
  const { item, value } = one.builder.buildkit
  const pods = one.pods.map((wanted) => ({ ...wanted, contents: contentsOf(wanted.pod) }))
  const missed = [...pods, ...one.beside].filter(({ existing }) => existing || !isAmong(renamed, value))
  return [...nameFindings(one), ...missed.flatMap((object) => objectFindings(object, item))]
}

/** What is said of the names of Pods that a Buildkit does not have, or not in this order. */
function nameFindings({ builder, pods }: Wanted): readonly Finding[] {
  const { item, value } = builder.buildkit
  return podNameChanges(value, pods).map((change) => {
    const [currentValue, wanted] = [value.spec[change.field], change.value]
    const message =
      wanted === undefined
        ? `must not be set, because the Buildkit has one Pod; ${NEXT_STEP}`
        : `must be ${namesInWords(wanted)}, got ${currentValue === undefined ? 'nothing' : namesInWords(currentValue)}; ${NEXT_STEP}`
    const proposed = typeof wanted === 'string' ? { proposedValue: wanted } : {}
    return fieldFinding('error', item, { path: ['spec', change.field], message, currentValue, ...proposed })
  })
}

function namesInWords(names: string | readonly string[]): string {
  return [names]
    .flat()
    .map((name) => `"${name}"`)
    .join(', ')
}

/** What is said of an object that is not as it would be written, at it or at what it is rendered from. */
function objectFindings(
  { contents, existing, isUpToDate }: Pick<WantedObject, 'contents' | 'existing' | 'isUpToDate'>,
  owner: Item,
): readonly Finding[] {
  if (isUpToDate) return []
  if (!existing) {
    const message = `must have a ${contents.kind} "${contents.name}", which is missing; ${NEXT_STEP}`
    return [objectFinding('error', owner, message)]
  }
  const { name } = existing.value.metadata
  if (name === contents.name) return editedFindings(existing, contents)
  const message = `must be "${contents.name}", got "${name}"; its template or Buildkit has changed, or it was renamed after rendering; ${NEXT_STEP}`
  const field = { path: ['metadata', 'name'], message, currentValue: name, proposedValue: contents.name }
  return [fieldFinding('error', existing.item, field)]
}

/** At the first field that was changed by hand or by a later function, with the paths of the next. */
function editedFindings(
  { item, value }: NonNullable<WantedObject['existing']>,
  contents: Contents,
): readonly Finding[] {
  const [first, ...others] = [...differencesOf(value, contents)]
  if (!first) return []
  const named = others.slice(0, FIELDS_MAX).map(({ path }) => `\`${pathText(path)}\``)
  const rest = others.length > named.length ? `${plural(others.length - named.length, 'more field')}` : undefined
  const also = others.length > 0 ? `; so were ${[...named, ...(rest ? [rest] : [])].join(', ')}` : ''
  // A Pod has another name when its template changes; all others keep theirs.
  const by = value.kind === 'Pod' ? ' or by a later function' : ', by a later function or in its template'
  const message = `${inWords(first)} changed by hand${by}${also}; ${NEXT_STEP}`
  return [fieldFinding('error', item, { path: first.path, message })]
}

function inWords({ path, wanted, got }: Difference): string {
  if (wanted === undefined) return 'must not be set; it was'
  const isPrivate = path[0] === 'spec' && path.some((key) => PRIVATE_FIELDS.includes(String(key)))
  if (isPrivate || !isShort(wanted) || !isShort(got)) return 'must be as it was rendered, but was'
  return `must be ${JSON.stringify(wanted)}, got ${got === undefined ? 'nothing' : JSON.stringify(got)}; it was`
}

/** Whether a value says more than it takes to read; a long text, such as `buildkitdToml`, may also have secrets in it. */
function isShort(value: unknown): boolean {
  if (typeof value === 'string') return value.length <= SHOWN_MAX && !value.includes('\n')
  return typeof value !== 'object' || value === null
}
