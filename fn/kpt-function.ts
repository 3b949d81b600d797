import type { Configs, KptFunc, Result as KptResult, KubernetesObject } from 'kpt-functions'
import { usage } from './commands/options.ts'
import { packageConfig } from './config/package-config.ts'
import { parseRenderConfig } from './config/render-config.ts'
import type { Item } from './input/item.ts'
import { originAnnotations, originFrom } from './input/orchestrator-annotations.ts'
import { decide } from './output/render.ts'
import { overwrittenFindings } from './render/by-hand.ts'
import { contentsOf } from './render/expand.ts'
import { apiVersionOf } from './render/kinds.ts'
import { prunedResults } from './render/leaving.ts'
import { type OfOthers, ofOthers } from './render/of-others.ts'
import type { Wanted, WantedObject } from './render/plan.ts'
import { POD_NAME_FIELDS, podNameChanges } from './render/pod-names.ts'
import { type Finding, hasError } from './results/finding.ts'
import { counted } from './results/findings.ts'
import { toResult } from './results/results.ts'

type Buildkit = KubernetesObject & { spec: { podName?: string; podNames?: string[] } }

/**
 * The same rendering on a `Configs` of kpt-functions, to compose with other functions and to test with its TestRunner.
 * With an error among the results nothing is changed. Reading and writing whole packages is not for `Configs`: see docs/decisions/0004.
 */
export const renderBuildkit: KptFunc = Object.assign(
  async (configs: Configs): Promise<void> => {
    const objects = configs.getAll()
    const items = objects.map(toItem)
    const parsed = parseRenderConfig(configs.getFunctionConfig(), { base: () => packageConfig(items) })
    if ('results' in parsed) return configs.addResults(...parsed.results.map(toKptResult))
    const { selection, plan, results } = decide(items, parsed.config, { isInPlace: parsed.config.mode !== 'clean' })
    const isClean = parsed.config.mode === 'clean'
    const isWritten = !hasError(results) && parsed.config.mode !== 'check'
    const leaving = isClean ? selection.rendered : plan.stale
    const overwritten = isClean ? [] : overwrittenFindings(plan)
    const written = isWritten ? [...prunedResults(leaving), ...overwritten] : []
    configs.addResults(...counted([...results, ...written]).map(toKptResult))
    if (!isWritten) return
    configs.delete(...leaving.map(({ at }) => objects[at] as KubernetesObject))
    for (const { at } of isClean ? selection.buildkits : [])
      for (const field of POD_NAME_FIELDS) delete (objects[at] as Buildkit).spec[field]
    if (isClean) return
    for (const one of plan.shared) put(configs, objects, one)
    for (const wanted of plan.wanted) apply(configs, objects, wanted)
  },
  { usage: usage() },
)

function apply(configs: Configs, objects: readonly KubernetesObject[], wanted: Wanted): void {
  const { builder, pods, beside } = wanted
  const { spec } = objects[builder.buildkit.at] as Buildkit
  for (const { field, value } of podNameChanges(builder.buildkit.value, pods)) {
    if (value === undefined) delete spec[field]
    else Object.assign(spec, { [field]: value })
  }
  for (const object of beside) put(configs, objects, object)
  for (const one of pods) put(configs, objects, { ...one, contents: contentsOf(one.pod) })
}

function put(configs: Configs, objects: readonly KubernetesObject[], object: WantedObject): void {
  const { contents, existing, isUpToDate, origin } = object
  if (isUpToDate) return
  const earlier = existing && (objects[existing.at] as KubernetesObject)
  const added: Partial<OfOthers> = existing
    ? ofOthers(existing.value, contents)
    : { bookkeeping: originAnnotations(origin) }
  if (earlier) configs.delete(earlier)
  const { kind, name, namespace, spec } = contents
  const annotations = { ...added.bookkeeping, ...contents.annotations, ...added.annotations }
  const labels = { ...contents.labels, ...added.labels }
  const metadata = { name, ...(namespace !== undefined && { namespace }), labels, annotations }
  configs.insert({ apiVersion: apiVersionOf(kind), kind, metadata, spec: structuredClone(spec) } as KubernetesObject)
}

function toItem(object: KubernetesObject): Item {
  const origin = originFrom(object.metadata.annotations ?? {})
  return { text: '', object: object as unknown as NonNullable<Item['object']>, ...(origin && { origin }) }
}

/** kpt-functions spells a severity in its own way and wants a namespace always. */
function toKptResult(finding: Finding): KptResult {
  const { severity, resourceRef, ...rest } = toResult(finding)
  return {
    ...(rest as Omit<KptResult, 'severity'>),
    severity: severity === 'warning' ? 'warn' : severity,
    ...(resourceRef && { resourceRef: { namespace: '', ...resourceRef } }),
  }
}
