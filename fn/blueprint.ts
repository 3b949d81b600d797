import type { Buildkit } from '../crds/buildkit.ts'
import type { BuildkitTemplate } from '../crds/buildkit-template.ts'
import { hashOf, labelValueOf, NAME_LABEL, TEMPLATE_LABEL, TOML_ANNOTATION } from '../crds/names.ts'
import { canonicalJson } from './canonical-json.ts'
import { isEngineAnnotation } from './engine-annotations.ts'
import { podSpec } from './pod-spec.ts'
import { type Cap, resourcesOf } from './resources.ts'

type Strings = Readonly<Record<string, string>>

/** What all Pods have in common whose Buildkits name one template and say the same. */
export interface Blueprint {
  readonly spec: Readonly<Record<string, unknown>>
  /** All labels but the Buildkit's name. */
  readonly labels: Strings
  /** The annotations that are content, buildkitd.toml among them. */
  readonly annotations: Strings
  /** Users' own annotations for engines, which are not content. */
  readonly engineAnnotations: Strings
  /** Canonical JSON of everything that decides how the builder behaves; what a Pod's hash is made of. */
  readonly content: string
  readonly hash: string
  readonly caps: readonly Cap[]
}

/** The blueprint of a Buildkit's Pod. Labels and annotations of the template override the Buildkit's, as in the operator. */
function blueprintOf(template: BuildkitTemplate, buildkit: Buildkit): Blueprint {
  const { resources, caps } = resourcesOf(template.spec.resources, buildkit.spec.resources)
  const spec = podSpec(template.spec, resources)
  const ownLabels = { ...buildkit.spec.labels, ...template.spec.podLabels }
  const own = Object.entries({ ...buildkit.spec.annotations, ...template.spec.podAnnotations })
  const toml = template.spec.buildkitdToml
  const annotations = {
    ...Object.fromEntries(own.filter(([key]) => !isEngineAnnotation(key))),
    ...(toml && { [TOML_ANNOTATION]: toml }),
  }
  const content = canonicalJson({ annotations, labels: ownLabels, spec })
  return {
    spec,
    labels: sortedByKey({
      [NAME_LABEL]: 'buildkit',
      ...ownLabels,
      [TEMPLATE_LABEL]: labelValueOf(template.metadata.name),
    }),
    annotations: sortedByKey(annotations),
    engineAnnotations: Object.fromEntries(own.filter(([key]) => isEngineAnnotation(key))),
    content,
    hash: hashOf(content),
    caps,
  }
}

/** The same as `blueprintOf`, made once for each template and for what its Buildkits add: 10,000 of them share a few. */
export function blueprints(): (template: BuildkitTemplate, buildkit: Buildkit) => Blueprint {
  const byTemplate = new Map<BuildkitTemplate, Map<string, Blueprint>>()
  return (template, buildkit) => {
    const { resources, labels, annotations } = buildkit.spec
    const key = JSON.stringify([resources, labels, annotations])
    const byAddition = byTemplate.get(template) ?? new Map<string, Blueprint>()
    byTemplate.set(template, byAddition)
    const known = byAddition.get(key) ?? blueprintOf(template, buildkit)
    byAddition.set(key, known)
    return known
  }
}

function sortedByKey(map: Strings): Strings {
  return Object.fromEntries(Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1)))
}
