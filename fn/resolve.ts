import type { Buildkit } from '../crds/buildkit.ts'
import type { BuildkitTemplate } from '../crds/buildkit-template.ts'
import { closest } from '../crds/closest.ts'
import { type Finding, fieldFinding } from './finding.ts'
import { type Item, isMapping } from './item.ts'
import { LOCAL_CONFIG_ANNOTATION } from './orchestrator-annotations.ts'
import { isOurs, mayBeOurs } from './ours.ts'
import type { Selection, Source } from './select.ts'

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
  const { buildkits, templates } = selection
  const known = knownOf(selection)
  const byName = new Map<string, Source<BuildkitTemplate>>()
  for (const template of templates) for (const id of idsOf(template)) if (!byName.has(id)) byName.set(id, template)
  const builders: Builder[] = []
  const results: Finding[] = []
  for (const buildkit of buildkits) {
    if (isLocalConfig(buildkit.item)) continue
    const { namespace = '' } = buildkit.value.metadata
    const template = byName.get(`${namespace}/${buildkit.value.spec.template}`)
    if (!template) results.push(...missingTemplate(buildkit, known))
    else if (template.value.spec.lifecycle.requireOwner && !buildkit.value.metadata.ownerReferences?.length)
      results.push(missingOwner(buildkit, template))
    else builders.push({ buildkit, template })
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

/**
 * `namespace/name` of a template, now and, under kustomize, before its builtin transformers renamed it: references are mended only
 * after custom transformers, so that a Buildkit still names what its template was called.
 */
function idsOf({ value: { metadata } }: Source<BuildkitTemplate>): string[] {
  const { name, namespace = '', annotations = {} } = metadata
  const previous = annotations['internal.config.kubernetes.io/previousNames']?.split(',') ?? []
  return [name, ...previous].map((one) => `${namespace}/${one}`)
}

/** What is known of templates beside those that are valid. */
interface Known {
  readonly templates: readonly Source<BuildkitTemplate>[]
  /** `namespace/name` of those of which it is said what is wrong with them. */
  readonly refused: ReadonlySet<string>
  /** Whether no other can be in what cannot be read. */
  readonly isAllRead: boolean
}

function knownOf({ items, templates }: Selection): Known {
  const refused = items.flatMap(({ object }) => {
    if (object?.kind !== 'BuildkitTemplate' || !isOurs(object)) return []
    return [`${object.metadata.namespace ?? ''}/${object.metadata.name}`]
  })
  const isAllRead = items.every(({ error, text }) => !error || (text !== '' && !mayBeOurs(text)))
  return { templates, refused: new Set(refused), isAllRead }
}

function missingTemplate({ item, value }: Source<Buildkit>, known: Known): readonly Finding[] {
  const { namespace = '' } = value.metadata
  const wanted = value.spec.template
  if (known.refused.has(`${namespace}/${wanted}`)) return []
  const { templates, isAllRead } = known
  const names = templates
    .filter((one) => (one.value.metadata.namespace ?? '') === namespace)
    .map((one) => one.value.metadata.name)
  const elsewhere = templates.find((one) => one.value.metadata.name === wanted)
  const where = namespace === '' ? 'without a namespace, as this Buildkit' : `in namespace "${namespace}"`
  const there = names.length > 0 ? `there ${names.length === 1 ? 'is' : 'are'} ${listOf(names)}` : 'there is none'
  const other = elsewhere
    ? `; namespace "${elsewhere.value.metadata.namespace ?? ''}" has a BuildkitTemplate of this name`
    : ''
  const proposedValue = isAllRead ? closest(wanted, names) : undefined
  const hint = proposedValue === undefined ? '' : `; did you mean "${proposedValue}"?`
  const message = `must name a BuildkitTemplate ${where}, got "${wanted}"; ${there}${other}${hint}`
  const field = { path: ['spec', 'template'], message, currentValue: wanted }
  return [fieldFinding('error', item, { ...field, ...(proposedValue !== undefined && { proposedValue }) })]
}

function listOf(names: readonly string[]): string {
  const shown = [...names]
    .sort()
    .slice(0, 7)
    .map((name) => `"${name}"`)
  const more = names.length - shown.length
  if (more > 0) return `${shown.join(', ')} and ${more} more`
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`
}

function missingOwner({ item }: Source<Buildkit>, template: Source<BuildkitTemplate>): Finding {
  const message =
    `must be set, because BuildkitTemplate "${template.value.metadata.name}" has \`lifecycle.requireOwner: true\`; ` +
    'an owner reference needs the uid of a live object, which Git rarely knows: set `requireOwner: false` in the template'
  return fieldFinding('error', item, { path: ['metadata', 'ownerReferences'], message })
}
