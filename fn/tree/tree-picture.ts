import { boxOf } from '../results/mermaid.ts'
import { plural } from '../results/words.ts'
import type { PackageTree, TemplateNode } from './package-tree.ts'
import { sizeInWords } from './tree-lines.ts'

/** Templates with more Buildkits have one box for all of them: Mermaid refuses pictures with many. */
const BOXES_MAX = 20

/** A flowchart of Mermaid: templates, their Buildkits, and what is applied for each. */
export function treePicture({ templates, withoutPod }: PackageTree): string {
  const lines = [
    ...templates.flatMap(templateBoxes),
    ...withoutPod.map(({ name }, at) => `  x${at}[${boxOf(['Buildkit', name, 'no Pod'])}]`),
  ]
  return ['flowchart LR', ...lines].join('\n')
}

function templateBoxes({ name, mode, pod, builders, shared }: TemplateNode, at: number): readonly string[] {
  const id = `t${at}`
  const box = `  ${id}[${boxOf(['BuildkitTemplate', name, mode, ...(pod ? sizeInWords(pod) : [])])}]`
  const sharedBoxes = shared.map((one, index) => `  ${id} --> ${id}s${index}[${boxOf([one.kind, one.name])}]`)
  if (builders.length > BOXES_MAX)
    return [box, ...sharedBoxes, `  ${id} --> ${id}b[${boxOf([plural(builders.length, 'Buildkit')])}]`]
  const boxes = builders.flatMap((builder, index) => [
    `  ${id} --> ${id}b${index}[${boxOf(['Buildkit', builder.name])}]`,
    ...builder.objects.map(
      (object, last) =>
        `  ${id}b${index} --> ${id}b${index}o${last}[${boxOf([object.kind, object.name, ...(object.size ? [object.size] : [])])}]`,
    ),
  ])
  return [box, ...sharedBoxes, ...boxes]
}
