import type { Buildkit } from '../../crds/buildkit.ts'
import type { BuildkitTemplate } from '../../crds/buildkit-template.ts'
import {
  BUILDKIT_LABEL,
  hashOf,
  labelValueOf,
  NAME_LABEL,
  TEMPLATE_LABEL,
  TLS_SERVER_NAME_ANNOTATION,
  TOML_ANNOTATION,
} from '../../crds/names.ts'
import { oncePer } from '../common/collections.ts'
import { labelKeysIn } from './as-stored.ts'
import { type Handover, isEngineAnnotation } from './engine-annotations.ts'
import { podSpec } from './pod-spec.ts'
import { withPatches } from './pod-spec-patch.ts'
import { replicaLabel } from './replicas.ts'
import { type Amount, type Cap, resourcesOf } from './resources.ts'
import { serverNameOf } from './tls.ts'

type Strings = Readonly<Record<string, string>>

/** What all Pods have in common whose Buildkits name one template and say the same. */
export interface Blueprint {
  /** Without what one builder has to itself: see `specOfOne`. */
  readonly spec: Readonly<Record<string, unknown>>
  /** All labels but the Buildkit's name and the index of the replica. */
  readonly labels: Strings
  /** The annotations that are content, buildkitd.toml among them. */
  readonly annotations: Strings
  /** Users' own annotations for engines, which are not content. */
  readonly engineAnnotations: Strings
  readonly handover: Handover
  /** Canonical JSON of everything that decides how the builder behaves; what a Pod's hash is made of. */
  readonly content: string
  readonly hash: string
  readonly amounts: readonly Amount[]
  readonly caps: readonly Cap[]
}

/** What a blueprint takes from its template, the Buildkit's resources and the labels that constraints name; by far the largest part of it. */
interface SharedSpec extends Pick<Blueprint, 'spec' | 'amounts' | 'caps'> {
  readonly json: string
}

type Make<T> = (template: BuildkitTemplate, buildkit: Buildkit) => T

/**
 * Makes the blueprints of Buildkits' Pods, each once, and each spec once: 10,000 Buildkits share a few, even where each has an
 * annotation of its own.
 */
export function blueprints(): Make<Blueprint> {
  const specOf = remembered(sharedSpec, (template, buildkit) => [
    buildkit.spec.resources,
    buildkit.spec.podSpecPatch,
    namedLabels(template, buildkit),
  ])
  return remembered(
    (template, buildkit) => blueprintOf(template, buildkit, specOf(template, buildkit)),
    (template, buildkit) => {
      const { resources, podSpecPatch, labels, annotations } = buildkit.spec
      return [resources, podSpecPatch, labels, annotations, namedLabels(template, buildkit)]
    },
  )
}

function remembered<T>(make: Make<T>, additionOf: Make<readonly unknown[]>): Make<T> {
  const byTemplate = new Map<BuildkitTemplate, Map<string, T>>()
  return (template, buildkit) => {
    const key = JSON.stringify(additionOf(template, buildkit))
    const byAddition = byTemplate.get(template) ?? new Map<string, T>()
    byTemplate.set(template, byAddition)
    const known = byAddition.get(key) ?? make(template, buildkit)
    byAddition.set(key, known)
    return known
  }
}

function sharedSpec(template: BuildkitTemplate, buildkit: Buildkit): SharedSpec {
  const { resources, amounts, caps } = resourcesOf(template.spec.resources, buildkit.spec.resources)
  const own = podSpec(template.spec, { resources, labels: namedLabels(template, buildkit) })
  const spec = withPatches(own, template, buildkit)
  return { spec, json: canonicalJson(spec), amounts, caps }
}

const labelKeysOf = oncePer(({ spec }: BuildkitTemplate) => [...new Set(labelKeysIn(spec.scheduling))])

/** Of the labels of a Buildkit's Pod those that its template's constraints name; hardly any template has such. */
function namedLabels(template: BuildkitTemplate, buildkit: Buildkit): Strings {
  const keys = labelKeysOf(template)
  if (keys.length === 0) return {}
  const labels = podLabels(buildkit.metadata.name, { labels: sharedLabels(template, buildkit) })
  return Object.fromEntries(keys.flatMap((key) => (labels[key] === undefined ? [] : [[key, labels[key]]])))
}

/** Labels and annotations of the template override the Buildkit's, as in the operator. */
function blueprintOf(template: BuildkitTemplate, buildkit: Buildkit, { json, ...shared }: SharedSpec): Blueprint {
  const own = Object.entries({ ...buildkit.spec.annotations, ...template.spec.podAnnotations })
  const toml = template.spec.buildkitdToml
  const serverName = serverNameOf(template)
  const annotations = {
    ...Object.fromEntries(own.filter(([key]) => !isEngineAnnotation(key))),
    ...(toml && { [TOML_ANNOTATION]: toml }),
    ...(serverName !== undefined && { [TLS_SERVER_NAME_ANNOTATION]: serverName }),
  }
  // The canonical JSON of { annotations, labels, spec }, without writing the spec once more.
  const content = `{"annotations":${canonicalJson(annotations)},"labels":${canonicalJson(userLabels(template, buildkit))},"spec":${json}}`
  return {
    ...shared,
    labels: sharedLabels(template, buildkit),
    annotations: sortedByKey(annotations),
    engineAnnotations: Object.fromEntries(own.filter(([key]) => isEngineAnnotation(key))),
    handover: handoverOf(template),
    content,
    hash: hashOf(content),
  }
}

/** What two Pods would need at once, only one after the other can have. */
function handoverOf({ spec: { cache, lifecycle } }: BuildkitTemplate): Handover {
  return lifecycle.handover ?? (cache?.claim || cache?.hostPath ? 'Recreate' : 'Overlap')
}

function sharedLabels(template: BuildkitTemplate, buildkit: Buildkit): Strings {
  return sortedByKey({
    [NAME_LABEL]: 'buildkit',
    ...userLabels(template, buildkit),
    [TEMPLATE_LABEL]: labelValueOf(template.metadata.name),
  })
}

function userLabels(template: BuildkitTemplate, buildkit: Buildkit): Strings {
  return { ...buildkit.spec.labels, ...template.spec.podLabels }
}

function sortedByKey(map: Strings): Strings {
  return Object.fromEntries(Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1)))
}

type Labels = Readonly<Record<string, string>>

/** All labels of a Pod of the Buildkit with this name; `labels` of a blueprint are those that other Pods have too. */
export function podLabels(buildkitName: string, { labels }: { readonly labels: Labels }, replica = 0): Labels {
  return { [BUILDKIT_LABEL]: labelValueOf(buildkitName), ...replicaLabel(replica), ...labels }
}

/** The labels of what a Buildkit has beside its Pods, which a change of what users give their Pods does not touch. */
export function ownLabels(buildkitName: string, template: BuildkitTemplate, replica = 0): Labels {
  return podLabels(buildkitName, { labels: templateLabels(template) }, replica)
}

/** Those of what is for all builders of a template. */
export function templateLabels({ metadata }: BuildkitTemplate): Labels {
  return { [NAME_LABEL]: 'buildkit', [TEMPLATE_LABEL]: labelValueOf(metadata.name) }
}

/** JSON with the keys of every object sorted by code unit, so that equal values are equal texts; undefined properties are left out. */
function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const map = value as Readonly<Record<string, unknown>>
  const keys = Object.keys(map).filter((key) => map[key] !== undefined)
  return `{${keys
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonicalJson(map[key])}`)
    .join(',')}}`
}
