import type { Buildkit } from '../../crds/buildkit.ts'
import type { BuildkitTemplate } from '../../crds/buildkit-template.ts'
import { closest } from '../../crds/closest.ts'
import { grouped } from '../common/collections.ts'
import { type Item, isMapping, objectId, type Source } from '../input/item.ts'
import { LOCAL_CONFIG_ANNOTATION } from '../input/orchestrator-annotations.ts'
import { isOurs, mayBeOurs } from '../input/ours.ts'
import { type Finding, fieldFinding } from '../results/finding.ts'
import { namesInWords } from '../results/words.ts'
import type { Selection } from './select.ts'

/** A Buildkit with the template that it names. */
export interface Builder {
  readonly buildkit: Source<Buildkit>
  readonly template: Source<BuildkitTemplate>
}

/** Each Buildkit that goes to a cluster, paired with its template; those that cannot be are results. */
export function resolve(selection: Selection): {
  readonly builders: readonly Builder[]
  readonly results: readonly Finding[]
} {
  const missing = missingTemplates(selection)
  const meant = meantBy(selection.templates)
  const builders: Builder[] = []
  const results: Finding[] = []
  for (const buildkit of selection.buildkits) {
    if (isLocalConfig(buildkit.item)) continue
    const { metadata, spec } = buildkit.value
    const found = meant.get(objectId(metadata.namespace, spec.template))
    const finding = found ? (ambiguity(buildkit, found) ?? missingOwner(buildkit, found)) : missing(buildkit)
    if (finding) results.push(finding)
    else if (found) builders.push({ buildkit, template: found.template })
  }
  return { builders, results }
}

/**
 * Whether an object never reaches a cluster (kpt's `config.kubernetes.io/local-config`): any value but "false" means so.
 */
export function isLocalConfig({ object }: Item): boolean {
  const annotations = object?.metadata.annotations
  const value = isMapping(annotations) ? annotations[LOCAL_CONFIG_ANNOTATION] : undefined
  return value !== undefined && value !== 'false'
}

/** The templates that an id may mean. */
interface Meant {
  /** The first of them. */
  readonly template: Source<BuildkitTemplate>
  readonly names: Set<string>
}

/**
 * What each id means. A template has one by its name and, under kustomize, by the names that it had before builtin transformers renamed it:
 * references are mended only after custom transformers, so that a Buildkit still names what its template was called.
 */
function meantBy(templates: readonly Source<BuildkitTemplate>[]): ReadonlyMap<string, Meant> {
  const meant = new Map<string, Meant>()
  for (const template of templates) {
    const { name, namespace } = template.value.metadata
    for (const called of [name, ...(template.item.formerNames ?? [])]) {
      const id = objectId(namespace, called)
      const one = meant.get(id) ?? { template, names: new Set() }
      meant.set(id, one)
      one.names.add(name)
    }
  }
  return meant
}

/** An error where kustomize has renamed templates so that a Buildkit may mean several. Two of one name now are an error of their own. */
function ambiguity({ item, value: { spec } }: Source<Buildkit>, { names }: Meant): Finding | undefined {
  if (names.size < 2) return undefined
  const message = `must name one BuildkitTemplate, got "${spec.template}", the name of ${namesInWords([...names])} now or before kustomize renamed them; give each a unique name in its source`
  return fieldFinding('error', item, { path: ['spec', 'template'], message, currentValue: spec.template })
}

function missingOwner({ item, value: { metadata } }: Source<Buildkit>, { template }: Meant): Finding | undefined {
  if (!template.value.spec.lifecycle.requireOwner || metadata.ownerReferences?.length) return undefined
  const message =
    `must be set, because BuildkitTemplate "${template.value.metadata.name}" has \`lifecycle.requireOwner: true\`; ` +
    'an owner reference needs the uid of a live object, which Git rarely knows: set `requireOwner: false` in the template'
  return fieldFinding('error', item, { path: ['metadata', 'ownerReferences'], message })
}

/** So many names are compared in all: each misspelt name with each of those that there are. */
const COMPARISONS_MAX = 200_000

/** Makes the error about a Buildkit that names no template; undefined where what is wrong with the template is said already. */
function missingTemplates({ items, templates: valid }: Selection): (buildkit: Source<Buildkit>) => Finding | undefined {
  const inItems = items.flatMap(templateIn)
  const templates = [...inItems, ...valid.filter(({ at }) => at < 0).map(({ value }) => value.metadata)]
  const refused = new Set(inItems.map(({ namespace, name }) => objectId(namespace, name)))
  const byName = grouped(templates, ({ name }) => name)
  const byNamespace = grouped(templates, ({ namespace }) => namespace)
  const namesIn = new Map([...byNamespace].map(([namespace, group]) => [namespace, namesOf(group)]))
  // A template that cannot be read may be the one that is meant.
  const isAllRead = items.every(({ error, text }) => !error || (text !== '' && !mayBeOurs(text)))
  let comparisons = isAllRead ? COMPARISONS_MAX : 0
  return ({ item, value: { metadata, spec } }) => {
    const { namespace } = metadata
    const wanted = spec.template
    if (refused.has(objectId(namespace, wanted))) return undefined
    const names = namesIn.get(namespace) ?? []
    comparisons -= names.length
    const [elsewhere] = byName.get(wanted) ?? []
    const proposedValue = comparisons < 0 || elsewhere ? undefined : closest(wanted, names)
    const message = elsewhere
      ? `must name a BuildkitTemplate ${namespaceInWords(namespace, 'like')}, but "${wanted}" is ${namespaceInWords(elsewhere.namespace)}; give both the same namespace`
      : `must name a BuildkitTemplate ${namespaceInWords(namespace, 'as')}, got "${wanted}"; ${nearby(names, proposedValue)}`
    const issue = { path: ['spec', 'template'], message, currentValue: wanted }
    return fieldFinding('error', item, { ...issue, ...(proposedValue !== undefined && { proposedValue }) })
  }
}

/** What names a template; its namespace is missing where it has none. */
interface Named {
  readonly namespace?: string | undefined
  readonly name: string
}

/** The template that an item is, whether it is valid or not. */
function templateIn({ object }: Item): readonly Named[] {
  if (object?.kind !== 'BuildkitTemplate' || !isOurs(object)) return []
  return [{ namespace: object.metadata.namespace, name: String(object.metadata.name) }]
}

function namesOf(group: readonly Named[]): readonly string[] {
  return [...new Set(group.map(({ name }) => name))].sort()
}

/** Where a template is; where no namespace says so, the Buildkit does. */
function namespaceInWords(namespace: string | undefined, like?: 'like' | 'as'): string {
  if (namespace !== undefined) return `in namespace "${namespace}"`
  return like ? `without a namespace, ${like} this Buildkit` : 'without a namespace'
}

function nearby(names: readonly string[], meant: string | undefined): string {
  if (meant !== undefined) return `did you mean "${meant}"?`
  if (names.length === 0) return 'there is none'
  return `there ${names.length === 1 ? 'is' : 'are'} ${namesInWords(names)}`
}
