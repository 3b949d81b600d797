import type { RenderConfig } from '../config/render-config.ts'
import type { Item } from '../input/item.ts'
import { reviewed } from '../output/render.ts'
import { lineOfPlaced, placed } from '../report/placed.ts'
import { hasError, objectFinding } from '../results/finding.ts'
import { counted } from '../results/findings.ts'
import { oneLine } from '../results/shown.ts'
import { packageTree } from '../tree/package-tree.ts'
import { treeLines } from '../tree/tree-lines.ts'
import { treePicture } from '../tree/tree-picture.ts'
import { layersIn } from './layers-in.ts'
import type { TreeFormat } from './options.ts'
import type { Outcome } from './outcome.ts'

/** What a package renders to, as a tree. The exit code is 1 if something cannot be read or rendered: then the tree lacks it. */
export function tree(items: readonly Item[], config: RenderConfig, format: TreeFormat): Outcome {
  const decision = reviewed(items, config)
  const layers = counted(layersIn(decision.selection, 'tree'))
  if (layers.length > 0) return { stdout: [], stderr: placed(layers, items).map(lineOfPlaced), exitCode: 1 }
  const found = packageTree(decision, config)
  const lines = format === 'text' ? treeLines(found).map(oneLine) : [treePicture(found)]
  const unread = items.flatMap((item) => (item.error ? [objectFinding('error', item, item.error.message)] : []))
  const nodes = [...found.templates, ...found.templates.flatMap(({ builders }) => builders), ...found.withoutPod]
  const isWhole = unread.length === 0 && !nodes.some(({ findings }) => hasError(findings))
  return {
    stdout: lines.map((line) => `${line}\n`),
    stderr: placed(unread, items).map(lineOfPlaced),
    exitCode: isWhole ? 0 : 1,
  }
}
