import type { Item } from '../input/item.ts'
import { isInKptPackage } from '../input/read-files.ts'
import type { Selection } from '../render/select.ts'
import type { Finding } from '../results/finding.ts'
import { type CommandOnBuilt, notBuilt } from './not-built.ts'

/** An error for each kustomization, unless it only lists Pods that are files of the package, or kpt renders it. */
export function layersIn(selection: Selection, command: CommandOnBuilt): readonly Finding[] {
  return isRendered(selection) ? [] : notBuilt(selection.items.filter(isOutsideKpt), command)
}

function isRendered({ rendered, buildkits }: Selection): boolean {
  return rendered.length > 0 || buildkits.some(({ value }) => value.spec.podName !== undefined)
}

function isOutsideKpt({ origin }: Item): boolean {
  return origin !== undefined && !isInKptPackage(origin.path)
}
