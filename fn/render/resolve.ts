import type { Buildkit } from '../../crds/buildkit.ts'
import type { BuildkitTemplate } from '../../crds/buildkit-template.ts'
import { type Item, isMapping, type Source } from '../input/item.ts'
import type { Selection } from '../input/select.ts'
import { type Finding, fieldFinding } from '../results/finding.ts'
import { namesInWords } from '../results/names-in-words.ts'
import { missingTemplates } from './missing-template.ts'
import { LOCAL_CONFIG_ANNOTATION } from './orchestrator-annotations.ts'
import { templateId } from './template-id.ts'

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
    const found = meant.get(templateId(metadata.namespace, spec.template))
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
      const id = templateId(namespace, called)
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
