import type { RenderConfig } from '../config/render-config.ts'
import { type Item, objectIn } from '../input/item.ts'
import { isOrchestratorAnnotation } from '../input/orchestrator-annotations.ts'
import { isOurs } from '../input/ours.ts'
import { type Counts, render } from '../output/render.ts'
import { isLocalConfig } from '../render/resolve.ts'
import { lineOfPlaced, placed } from '../report/placed.ts'
import { type Finding, hasError, isProblem, objectFinding } from '../results/finding.ts'
import { counted } from '../results/findings.ts'
import { objectsInWords, plural } from '../results/words.ts'
import { editorOf } from '../yaml/edit.ts'
import { readYaml } from '../yaml/read-yaml.ts'
import { isUnreadable, notBuilt } from './not-built.ts'
import type { Outcome } from './outcome.ts'

/** One YAML stream, ready for `kubectl apply -f -`: what was read, with every Buildkit followed by what is beside its Pod, and the Pod. */
export function build(items: readonly Item[], config: RenderConfig): Outcome {
  // Templates that are dropped are left out below, whether they are files or not.
  const rendering = { ...config, mode: 'render', dropTemplates: false } as const
  const { edits, results, counts } = render(items, rendering, 'document')
  const layers = counted(notBuilt(items, 'build'))
  const problems = results.filter(layers.length > 0 ? isUnreadable : isProblem)
  const found = [...layers, ...problems]
  const lines = placed(found, items).map(lineOfPlaced)
  if (hasError(found)) return { stdout: [], stderr: lines, exitCode: 1 }
  const unedited: Finding[] = []
  const documents = items.flatMap((item, at) => {
    if (isLocal(item, config)) return []
    const edit = edits.get(at)
    const own = edit?.text ?? item.text
    const text = own === '' ? '' : withoutInternals(own)
    if (text === undefined) unedited.push(objectFinding('error', item, INTERNALS))
    return [text, ...(edit?.after ?? [])].filter((one) => one)
  })
  if (unedited.length > 0) return { stdout: [], stderr: placed(unedited, items).map(lineOfPlaced), exitCode: 1 }
  return {
    stdout: documents.map((text, at) => (at === 0 ? `${text}` : `---\n${text}`)),
    stderr: [...lines, summary(counts)],
    exitCode: 0,
  }
}

/** Whether an object is for tools, not for a cluster. */
function isLocal(item: Item, { dropTemplates }: RenderConfig): boolean {
  const { apiVersion = '', kind = '' } = item.object ?? {}
  const isKptfile = kind === 'Kptfile' && apiVersion.startsWith('kpt.dev/')
  const isOfOurs = isOurs(item.object) && (kind === 'RenderBuildkit' || (dropTemplates && kind === 'BuildkitTemplate'))
  return isKptfile || isOfOurs || isLocalConfig(item)
}

const PATH = ['metadata', 'annotations']
const INTERNALS =
  'must not have annotations of orchestrators, but they cannot be removed here without changing other text; remove them by hand'

/** Ended by a newline, without the annotations of orchestrators; undefined where they cannot be taken out. */
function withoutInternals(text: string): string | undefined {
  const ended = text.endsWith('\n') ? text : `${text}\n`
  if (!/config\.kubernetes\.io\/|config\.k8s\.io\/id/.test(ended)) return ended
  const read = readYaml(ended)
  const object = 'value' in read ? objectIn(read.value) : undefined
  const annotations = object?.metadata.annotations ?? {}
  const internal = Object.keys(annotations).filter((key) => isOrchestratorAnnotation(key))
  const isEmptied = internal.length > 0 && internal.length === Object.keys(annotations).length
  const paths = isEmptied ? [PATH] : internal.map((key) => [...PATH, key])
  return paths.length === 0 ? ended : editorOf(ended)(paths.map((path) => ({ kind: 'remove', path })))
}

function summary(counts: Counts): string {
  const { objects, buildkits, templates } = counts
  return `rendered ${objectsInWords(objects)} from ${plural(buildkits, 'Buildkit')} and ${plural(templates, 'BuildkitTemplate')}`
}
