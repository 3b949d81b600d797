import type { Buildkit } from '../../crds/buildkit.ts'
import { closest } from '../../crds/closest.ts'
import { grouped } from '../common/grouped.ts'
import type { Item, Source } from '../input/item.ts'
import { isOurs, mayBeOurs } from '../input/ours.ts'
import type { Selection } from '../input/select.ts'
import { type Finding, fieldFinding } from '../results/finding.ts'
import { namesInWords } from '../results/names-in-words.ts'
import { templateId } from './template-id.ts'

/** So many names are compared in all: each misspelt name with each of those that there are. */
const COMPARISONS_MAX = 200_000

/** Makes the error about a Buildkit that names no template; undefined where what is wrong with the template is said already. */
export function missingTemplates({
  items,
  templates: valid,
}: Selection): (buildkit: Source<Buildkit>) => Finding | undefined {
  const inItems = items.flatMap(templateIn)
  const templates = [...inItems, ...valid.filter(({ at }) => at < 0).map(({ value }) => value.metadata)]
  const refused = new Set(inItems.map(({ namespace, name }) => templateId(namespace, name)))
  const byName = grouped(templates, ({ name }) => name)
  const byNamespace = grouped(templates, ({ namespace }) => namespace)
  const namesIn = new Map([...byNamespace].map(([namespace, group]) => [namespace, namesOf(group)]))
  // A template that cannot be read may be the one that is meant.
  const isAllRead = items.every(({ error, text }) => !error || (text !== '' && !mayBeOurs(text)))
  let comparisons = isAllRead ? COMPARISONS_MAX : 0
  return ({ item, value: { metadata, spec } }) => {
    const { namespace } = metadata
    const wanted = spec.template
    if (refused.has(templateId(namespace, wanted))) return undefined
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
