import type { Buildkit } from '../crds/buildkit.ts'
import type { BuildkitTemplate } from '../crds/buildkit-template.ts'
import { closest } from '../crds/closest.ts'
import { type Finding, fieldFinding } from './finding.ts'
import { grouped } from './grouped.ts'
import type { Item } from './item.ts'
import { namesInWords } from './names-in-words.ts'
import { isOurs, mayBeOurs } from './ours.ts'
import type { Selection, Source } from './select.ts'
import { templateId } from './template-id.ts'

/** So many names are compared in all: each misspelt name with each of those that there are. */
const COMPARISONS_MAX = 200_000

/** Makes the error about a Buildkit that names no template; undefined where what is wrong with the template is said already. */
export function missingTemplates({ items, templates }: Selection): (buildkit: Source<Buildkit>) => Finding | undefined {
  const refused = new Set(items.flatMap(templateIdOf))
  const byName = grouped(templates, ({ value }) => value.metadata.name)
  const byNamespace = grouped(templates, ({ value }) => value.metadata.namespace)
  const namesIn = new Map([...byNamespace].map(([namespace, group]) => [namespace, group.map(nameOf).sort()]))
  // A template that cannot be read may be the one that is meant.
  const isAllRead = items.every(({ error, text }) => !error || (text !== '' && !mayBeOurs(text)))
  let comparisons = isAllRead ? COMPARISONS_MAX : 0
  return ({ item, value: { metadata, spec } }) => {
    const { namespace } = metadata
    const wanted = spec.template
    if (refused.has(templateId(namespace, wanted))) return undefined
    const names = namesIn.get(namespace) ?? []
    comparisons -= names.length
    const proposedValue = comparisons < 0 ? undefined : closest(wanted, names)
    const where = namespace === undefined ? 'without a namespace, as this Buildkit' : `in namespace "${namespace}"`
    const hints = [...elsewhere(byName.get(wanted)), ...nearby(names, proposedValue)]
    const message = `must name a BuildkitTemplate ${where}, got "${wanted}"; ${hints.join('; ')}`
    const issue = { path: ['spec', 'template'], message, currentValue: wanted }
    return fieldFinding('error', item, { ...issue, ...(proposedValue !== undefined && { proposedValue }) })
  }
}

function templateIdOf({ object }: Item): readonly string[] {
  if (object?.kind !== 'BuildkitTemplate' || !isOurs(object)) return []
  return [templateId(object.metadata.namespace, String(object.metadata.name))]
}

function nameOf({ value }: Source<BuildkitTemplate>): string {
  return value.metadata.name
}

function elsewhere(templates: readonly Source<BuildkitTemplate>[] | undefined): readonly string[] {
  const [first] = templates ?? []
  return first ? [`namespace "${first.value.metadata.namespace ?? ''}" has a BuildkitTemplate of this name`] : []
}

function nearby(names: readonly string[], meant: string | undefined): readonly string[] {
  if (meant !== undefined) return [`did you mean "${meant}"?`]
  if (names.length === 0) return ['there is none']
  return [`there ${names.length === 1 ? 'is' : 'are'} ${namesInWords(names)}`]
}
