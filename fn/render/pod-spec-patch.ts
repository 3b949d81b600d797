import type { Buildkit } from '../../crds/buildkit.ts'
import type { BuildkitTemplate } from '../../crds/buildkit-template.ts'
import type { FieldIssue, WrittenAt } from '../../crds/validate.ts'
import { oncePer } from '../common/collections.ts'
import { patchIssues } from '../patch/issues.ts'
import { type Mapping, patched } from '../patch/merge.ts'
import { PATCH_FIELD } from '../patch/patch-field.ts'
import { stored } from '../patch/stored.ts'
import { podSpec } from './pod-spec.ts'

/** A Pod's spec with the patches of its template and its Buildkit, in this order; a patch with a mistake counts as missing. */
export function withPatches(own: Mapping, template: BuildkitTemplate, buildkit?: Buildkit): Mapping {
  const ofTemplate = usableOf(template)
  const ofBuildkit = buildkit?.spec.podSpecPatch && usableOn(template)(buildkit)
  const once = ofTemplate ? patched(own, ofTemplate) : own
  const merged = ofBuildkit ? patched(once, ofBuildkit) : once
  return merged === own ? own : inReadingOrder(stored(merged))
}

/** Fields of a Pod's spec that are long, which a reader expects last. */
const LONG = ['securityContext', 'initContainers', 'containers', 'volumes']
/** Fields of a container that its reader expects first. */
const FIRST = [
  'name',
  'image',
  'imagePullPolicy',
  'command',
  'args',
  'workingDir',
  'envFrom',
  'env',
  'ports',
  'resources',
]

/** The same spec; a merge adds new fields behind all others. */
function inReadingOrder(spec: Mapping): Mapping {
  const containers = spec.containers as readonly Mapping[]
  return sortedBy((field) => LONG.indexOf(field), {
    ...spec,
    containers: containers.map((one) => sortedBy((field) => -1 - FIRST.toReversed().indexOf(field), one)),
  })
}

function sortedBy(rankOf: (field: string) => number, object: Mapping): Mapping {
  return Object.fromEntries(Object.entries(object).sort(([a], [b]) => rankOf(a) - rankOf(b)))
}

/** The spec that a template gives a Buildkit's Pod, or a Pod of none, with all patches and without anything that is about resources. */
export function patchedSpec(template: BuildkitTemplate, buildkit?: Buildkit): Mapping {
  return withPatches(ownOf(template), template, buildkit)
}

/** What every Pod of a template has before any patch. */
const ownOf = oncePer((template: BuildkitTemplate) => podSpec(template.spec, { resources: {}, labels: {} }))

/** Whether there is nothing wrong with the patch of a template. */
export const usability = oncePer((template: BuildkitTemplate) => ({ isUsable: templateIssues(template).length === 0 }))

function usableOf(template: BuildkitTemplate): Mapping | undefined {
  const { podSpecPatch } = template.spec
  return podSpecPatch && usability(template).isUsable ? podSpecPatch : undefined
}

/** What the patch of a Buildkit is merged into. */
const baseOf = oncePer((template: BuildkitTemplate) => {
  const ofTemplate = usableOf(template)
  return ofTemplate ? patched(ownOf(template), ofTemplate) : ownOf(template)
})

/** The patch of a Buildkit of this template, if there is nothing wrong with it; many Buildkits of a template have the same one. */
export const usableOn = oncePer((template: BuildkitTemplate) => {
  const known = new Map<string, boolean>()
  return (buildkit: Buildkit): Mapping | undefined => {
    const key = JSON.stringify(buildkit.spec.podSpecPatch)
    const isUsable = known.get(key) ?? buildkitIssues(template, buildkit).length === 0
    known.set(key, isUsable)
    return isUsable ? buildkit.spec.podSpecPatch : undefined
  }
})

/** Everything that is wrong with the patch of a template; `writtenAt` tells how its text writes it. */
export function templateIssues(template: BuildkitTemplate, writtenAt?: WrittenAt): readonly FieldIssue[] {
  const { podSpecPatch } = template.spec
  if (!podSpecPatch) return []
  const own = ownOf(template)
  return patchIssues(podSpecPatch, PATCH_FIELD, { kind: 'BuildkitTemplate', own, podSpec: own, writtenAt })
}

/** Everything that is wrong with the patch of a Buildkit of this template. */
export function buildkitIssues(
  template: BuildkitTemplate,
  buildkit: Buildkit,
  writtenAt?: WrittenAt,
): readonly FieldIssue[] {
  const context = { kind: 'Buildkit', own: ownOf(template), podSpec: baseOf(template), writtenAt } as const
  return patchIssues(buildkit.spec.podSpecPatch, PATCH_FIELD, context)
}
