import { Buildkit } from '../crds/buildkit.ts'
import { BuildkitTemplate } from '../crds/buildkit-template.ts'
import { API_VERSION, BUILDKIT_LABEL, GROUP } from '../crds/names.ts'
import { type FieldIssue, validate } from '../crds/validate.ts'
import { type Finding, fieldFinding, objectFinding } from './finding.ts'
import { type ForeignList, foreignListOf } from './foreign-kinds.ts'
import { type Item, isMapping, isObject, type KubernetesObject } from './item.ts'
import { reservedKeyIssues } from './reserved-keys.ts'
import { plainScalars } from './yaml/plain-scalars.ts'

/** An object of the input with its item; `at` is its place among the items, -1 for one that came with the function's configuration. */
export interface Source<T> {
  readonly at: number
  readonly item: Item
  readonly value: T
}

/** The objects of the input that rendering has to do with; all others are copied unread. */
export interface Selection extends Readonly<Record<ForeignList, readonly Source<KubernetesObject>[]>> {
  readonly items: readonly Item[]
  readonly buildkits: readonly Source<Buildkit>[]
  readonly templates: readonly Source<BuildkitTemplate>[]
  /** Pods with our label, from an earlier render. */
  readonly pods: readonly Source<KubernetesObject>[]
  readonly results: readonly Finding[]
}

type Draft = { [K in Exclude<keyof Selection, 'items'>]: Selection[K] extends readonly (infer E)[] ? E[] : never }

/** Kinds of our group; RenderBuildkit is the function's own configuration, which kpt passes among the items too. */
const KINDS = ['Buildkit', 'BuildkitTemplate', 'RenderBuildkit']

/** Our Buildkits, templates and Pods among `items`, validated; `inline` templates come from the function's configuration. */
export function select(items: readonly Item[], inline: readonly Item[]): Selection {
  const draft: Draft = {
    buildkits: [],
    templates: [],
    pods: [],
    foreignPods: [],
    kustomizations: [],
    limitRanges: [],
    namespaces: [],
    networkPolicies: [],
    resourceQuotas: [],
    services: [],
    results: [],
  }
  for (const item of inline) selectItem(draft, item, -1)
  items.forEach((item, at) => {
    selectItem(draft, item, at)
  })
  reportDuplicates(draft, draft.buildkits)
  reportDuplicates(draft, draft.templates)
  return { items, ...draft }
}

function selectItem(draft: Draft, item: Item, at: number): void {
  const { object } = item
  if (item.error !== undefined) draft.results.push(objectFinding('error', item, item.error))
  if (!object) return
  const list = foreignListOf(object)
  if (object.apiVersion.startsWith(`${GROUP}/`)) selectOurs(draft, { at, item, value: object })
  else if (list) draft[isRenderedPod(object) ? 'pods' : list].push({ at, item, value: object })
  else if (object.kind === 'List') reportList(draft, item, object)
}

/** Whether an object is a Pod that an earlier render made. */
function isRenderedPod({ kind, metadata }: KubernetesObject): boolean {
  return kind === 'Pod' && isMapping(metadata.labels) && BUILDKIT_LABEL in metadata.labels
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
    keep(draft, draft.buildkits, { at, item, validated: validate(Buildkit, object, plainScalars(item.text)) })
  else if (object.kind === 'BuildkitTemplate')
    keep(draft, draft.templates, { at, item, validated: validate(BuildkitTemplate, object, plainScalars(item.text)) })
  else if (!KINDS.includes(object.kind)) {
    const message = `must be one of ${KINDS.map((kind) => JSON.stringify(kind)).join(', ')}, got ${JSON.stringify(object.kind)}`
    draft.results.push(fieldFinding('error', item, { path: ['kind'], message, currentValue: object.kind }))
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

function reportList(draft: Draft, item: Item, { items }: KubernetesObject): void {
  const ours = Array.isArray(items) && items.find((one) => isObject(one) && one.apiVersion.startsWith(`${GROUP}/`))
  if (!ours) return
  const message = `must not hold a ${ours.kind} here, because it cannot be rendered in place; write each object as a document of its own`
  draft.results.push(fieldFinding('error', item, { path: ['items'], message }))
}

function reportDuplicates(draft: Draft, sources: readonly Source<Buildkit | BuildkitTemplate>[]): void {
  const seen = new Map<string, Source<unknown>>()
  for (const source of sources) {
    const { kind, metadata } = source.value
    const id = `${metadata.namespace ?? ''}/${metadata.name}`
    const first = seen.get(id)
    if (!first) seen.set(id, source)
    else {
      const message = `must be the only ${kind} of this name in its namespace, but ${placeOf(first.item)} has another; remove or rename one of them`
      draft.results.push(
        fieldFinding('error', source.item, { path: ['metadata', 'name'], message, currentValue: metadata.name }),
      )
    }
  }
}

/** Where an object stands, in words. */
export function placeOf({ origin }: Item): string {
  return origin ? origin.path : 'the input'
}
