import { Buildkit } from '../../crds/buildkit.ts'
import { BuildkitTemplate } from '../../crds/buildkit-template.ts'
import { API_VERSION, labelValueOf } from '../../crds/names.ts'
import { type FieldIssue, validate } from '../../crds/validate.ts'
import { parseRenderConfig } from '../config/render-config.ts'
import { type Item, isMapping, type KubernetesObject, objectId, type Source, writtenIn } from '../input/item.ts'
import { type ForeignList, foreignListOf, isOurs, unknownKind } from '../input/ours.ts'
import { placeOf } from '../positions/locator.ts'
import { type Finding, fieldFinding } from '../results/finding.ts'
import { withPosition } from '../yaml/lines.ts'
import type { ReadError } from '../yaml/parse-nodes.ts'
import { isRendered } from './kinds.ts'
import { reservedKeyIssues } from './reserved-keys.ts'
import { withoutMistakes } from './without-mistakes.ts'

/** The objects of the input that rendering has to do with; all others are copied unread. */
export interface Selection extends Readonly<Record<ForeignList, readonly Source<KubernetesObject>[]>> {
  readonly items: readonly Item[]
  readonly buildkits: readonly Source<Buildkit>[]
  readonly templates: readonly Source<BuildkitTemplate>[]
  /** Templates that are not valid, without what is wrong: rules judge the rest. */
  readonly rests: readonly Source<BuildkitTemplate>[]
  /** What an earlier render made of this package. */
  readonly rendered: readonly Source<KubernetesObject>[]
  readonly results: readonly Finding[]
}

type Draft = { [K in Exclude<keyof Selection, 'items'>]: Selection[K] extends readonly (infer E)[] ? E[] : never }

/** Our Buildkits, templates and Pods among `items`, validated; `inline` templates come from the function's configuration. */
export function select(items: readonly Item[], inline: readonly Item[]): Selection {
  const draft: Draft = {
    buildkits: [],
    templates: [],
    rests: [],
    rendered: [],
    certificates: [],
    foreignClaims: [],
    foreignPods: [],
    issuers: [],
    kustomizations: [],
    limitRanges: [],
    namespaces: [],
    networkPolicies: [],
    podDisruptionBudgets: [],
    podMonitors: [],
    resourceQuotas: [],
    secrets: [],
    serviceMonitors: [],
    services: [],
    storageClasses: [],
    results: [],
  }
  for (const item of inline) selectItem(draft, item, -1)
  items.forEach((item, at) => {
    selectItem(draft, item, at)
  })
  reportDuplicates(draft, draft.buildkits, labelValueOf)
  reportDuplicates(draft, draft.templates)
  return { items, ...draft }
}

function selectItem(draft: Draft, item: Item, at: number): void {
  const { object, error } = item
  if (error) draft.results.push(readFinding(item, error))
  if (error || !object) return
  const list = foreignListOf(object)
  if (isOurs(object)) selectOurs(draft, { at, item, value: object })
  else if (list) draft[isRendered(object) ? 'rendered' : list].push({ at, item, value: object })
  else if (object.kind.endsWith('List')) reportList(draft, item, object)
}

function readFinding(item: Item, error: ReadError): Finding {
  const message = item.place ? error.message : withPosition(error, item.text)
  return fieldFinding('error', item, { path: error.path ?? [], message })
}

function selectOurs(draft: Draft, { at, item, value: object }: Source<KubernetesObject>): void {
  if (object.apiVersion !== API_VERSION) {
    const message = `must be "${API_VERSION}", got ${JSON.stringify(object.apiVersion)}`
    draft.results.push(
      fieldFinding('error', item, {
        path: ['apiVersion'],
        message,
        currentValue: object.apiVersion,
        proposedValue: API_VERSION,
      }),
    )
  } else if (object.kind === 'Buildkit')
    keep(draft, draft.buildkits, { at, item, validated: validate(Buildkit, object, writtenIn(item)) })
  else if (object.kind === 'BuildkitTemplate') {
    const validated = validate(BuildkitTemplate, object, writtenIn(item))
    const rest = 'issues' in validated ? withoutMistakes(object, validated.issues) : undefined
    keep(draft, draft.templates, { at, item, validated })
    if (rest) draft.rests.push({ at, item, value: rest })
  } else if (object.kind === 'RenderBuildkit') {
    const parsed = parseRenderConfig(object, { item })
    if ('results' in parsed) draft.results.push(...parsed.results)
  } else {
    draft.results.push(fieldFinding('error', item, { path: ['kind'], ...unknownKind(object.kind) }))
  }
}

interface Candidate<T> {
  readonly at: number
  readonly item: Item
  readonly validated: { readonly value: T } | { readonly issues: readonly FieldIssue[] }
}

function keep<T extends Buildkit | BuildkitTemplate>(
  draft: Draft,
  sources: Source<T>[],
  { at, item, validated }: Candidate<T>,
): void {
  const issues = 'value' in validated ? reservedKeyIssues(validated.value) : validated.issues
  for (const issue of issues) draft.results.push(fieldFinding('error', item, issue))
  if ('value' in validated) sources.push({ at, item, value: validated.value })
}

function reportList(draft: Draft, item: Item, list: KubernetesObject): void {
  const kind = ourKindIn(list)
  if (kind === undefined) return
  const message = `must not contain a ${kind}, which cannot be rendered in place; write each object as a separate document`
  draft.results.push(fieldFinding('error', item, { path: ['items'], message }))
}

/** The kind of one of ours among the items of a list, or of lists among them. */
function ourKindIn(value: unknown): string | undefined {
  if (isMapping(value) && isOurs(value)) return String(value.kind ?? 'Buildkit')
  const inner = isMapping(value) ? value.items : value
  for (const one of isMapping(inner) || Array.isArray(inner) ? Object.values(inner) : []) {
    const kind = ourKindIn(one)
    if (kind !== undefined) return kind
  }
  return undefined
}

/** Reports what has the identity of an earlier one; two Buildkits whose long names are cut to one label would share their Pod. */
function reportDuplicates<T extends Buildkit | BuildkitTemplate>(
  draft: Draft,
  sources: readonly Source<T>[],
  identityOf: (name: string) => string = (name) => name,
): void {
  const seen = new Map<string, Source<T>>()
  for (const source of sources) {
    const { metadata } = source.value
    const id = objectId(metadata.namespace, identityOf(metadata.name))
    const first = seen.get(id)
    if (!first) seen.set(id, source)
    else {
      const field = { path: ['metadata', 'name'], message: alike(first, source.value), currentValue: metadata.name }
      draft.results.push(fieldFinding('error', source.item, field))
    }
  }
}

function alike(first: Source<Buildkit | BuildkitTemplate>, { kind, metadata }: Buildkit | BuildkitTemplate): string {
  const { name } = first.value.metadata
  if (name === metadata.name)
    return `must be the only ${kind} of this name in its namespace, but ${placeOf(first.item)} has another; remove or rename one of them`
  return `must give Pods a unique label, but the name is cut to "${labelValueOf(name)}", as for "${name}" in ${placeOf(first.item)}; rename one of them`
}
