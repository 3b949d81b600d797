import { type Item, isObject } from './item.ts'
import { isOrchestratorAnnotation } from './orchestrator-annotations.ts'
import { plural } from './plural.ts'
import type { Manifests } from './read-manifests.ts'
import { hasError, render } from './render.ts'
import type { RenderConfig } from './render-config.ts'
import { isLocalConfig } from './resolve.ts'
import { lineOf } from './results.ts'
import type { Outcome } from './run-function.ts'
import { removeField } from './yaml/edit-field.ts'
import { readYaml } from './yaml/read-yaml.ts'

/** Kinds that are read by tools, not by a cluster. */
const LOCAL_KINDS = ['Kptfile', 'RenderBuildkit']

/** One YAML stream, ready for `kubectl apply -f -`: what was read, with every Buildkit followed by its Pod. */
export function build(manifests: Manifests, config: RenderConfig): Outcome {
  const errors = [...manifests.errors, ...kustomizationErrors(manifests.items)]
  if (errors.length > 0) return { stdout: [], stderr: errors, exitCode: 1 }
  // Templates that are dropped are left out below, whether they are files or not.
  const rendering = { ...config, mode: 'render', dropTemplates: false } as const
  const { edits, results, counts } = render(manifests.items, rendering, 'document')
  const lines = results.filter(({ severity }) => severity !== 'info').map(lineOf)
  if (hasError(results)) return { stdout: [], stderr: lines, exitCode: 1 }
  const documents = manifests.items.flatMap((item, at) => {
    if (isLocal(item, config)) return []
    const edit = edits.get(at)
    return [edit?.text ?? item.text, edit?.after ?? ''].filter((text) => text !== '').map(withoutInternals)
  })
  return {
    stdout: documents.map((text, at) => (at === 0 ? text : `---\n${text}`)),
    stderr: [...lines, summary(counts)],
    exitCode: 0,
  }
}

/** Every error and warning about manifests in Git; the exit code is 1 where they are not up to date. */
export function check(manifests: Manifests, config: RenderConfig): Outcome {
  const { results, counts } = render(manifests.items, { ...config, mode: 'check' }, 'document')
  const lines = [...manifests.errors, ...results.map(lineOf)]
  const isFine = manifests.errors.length === 0 && !hasError(results)
  return {
    stdout: [],
    stderr: isFine ? [...lines, `${plural(counts.pods, 'Pod')} up to date`] : lines,
    exitCode: isFine ? 0 : 1,
  }
}

function kustomizationErrors(items: readonly Item[]): string[] {
  return items.flatMap(({ object, origin }) => {
    if (object?.kind !== 'Kustomization' || !origin) return []
    const folder = origin.path.slice(0, origin.path.lastIndexOf('/') + 1) || '.'
    return [`${origin.path}: must be built first: kustomize build ${folder} | render-buildkit build -`]
  })
}

function isLocal(item: Item, { dropTemplates }: RenderConfig): boolean {
  const kind = item.object?.kind ?? ''
  return LOCAL_KINDS.includes(kind) || isLocalConfig(item) || (dropTemplates && kind === 'BuildkitTemplate')
}

/** Ended by a newline, without the annotations of orchestrators. */
function withoutInternals(text: string): string {
  const ended = text.endsWith('\n') ? text : `${text}\n`
  if (!/config\.kubernetes\.io\/|config\.k8s\.io\/id/.test(ended)) return ended
  const read = readYaml(ended)
  const annotations = 'value' in read && isObject(read.value) ? (read.value.metadata.annotations ?? {}) : {}
  const internal = Object.keys(annotations).filter((key) => isOrchestratorAnnotation(key))
  const without = internal.reduce((rest, key) => removeField(rest, ['metadata', 'annotations', key]), ended)
  const isEmptied = internal.length > 0 && internal.length === Object.keys(annotations).length
  return isEmptied ? removeField(without, ['metadata', 'annotations']) : without
}

function summary({
  pods,
  buildkits,
  templates,
}: {
  readonly pods: number
  readonly buildkits: number
  readonly templates: number
}): string {
  return `rendered ${plural(pods, 'Pod')} from ${plural(buildkits, 'Buildkit')} and ${plural(templates, 'BuildkitTemplate')}`
}
