import { BUILDKIT_LABEL } from '../../crds/names.ts'
import type { RenderConfig } from '../config/render-config.ts'
import { type Corrected, corrected } from '../fix/corrected.ts'
import { hasCorrection } from '../fix/corrected-source.ts'
import { unifiedDiff } from '../fix/unified-diff.ts'
import { writeFiles } from '../fix/write-files.ts'
import { type Item, isMapping } from '../input/item.ts'
import { lineOfPlaced } from '../report/placed.ts'
import { plural } from '../results/words.ts'
import type { Outcome } from './outcome.ts'

/** Corrects files in place, or prints the difference that it would make; what is left to do is said, and is exit code 1 where it matters. */
export function runFix(items: readonly Item[], config: RenderConfig, isDryRun: boolean): Outcome {
  const result = corrected(items, config)
  const problems = isDryRun ? [] : writeFiles(result.files)
  if (problems.length > 0) return { stdout: [], stderr: problems, exitCode: 1 }
  return {
    stdout: isDryRun ? result.files.map(unifiedDiff) : [],
    stderr: [...result.left.map(lineOfPlaced), ...summaryOf(result, items, isDryRun)],
    exitCode: result.isFine ? 0 : 1,
  }
}

function summaryOf({ files, fields, left }: Corrected, items: readonly Item[], isDryRun: boolean): readonly string[] {
  if (items.some(({ error }) => error)) return ['nothing was fixed; correct the files that cannot be read first']
  const byHand = left.filter(({ finding }) => hasCorrection(finding)).length
  const rest =
    byHand > 0
      ? [
          `${plural(byHand, 'correction')} cannot be made without changing other text; make ${byHand === 1 ? 'it' : 'them'} by hand`,
        ]
      : []
  if (files.length === 0) return ['nothing that can be fixed', ...rest]
  const summary = `${isDryRun ? 'would fix' : 'fixed'} ${plural(fields, 'field')} in ${plural(files.length, 'file')}`
  const pods = items.some(isRenderedPod) ? ['the Pods are unchanged; render the package again'] : []
  return [summary, ...rest, ...pods]
}

function isRenderedPod({ object }: Item): boolean {
  const labels = object?.kind === 'Pod' ? object.metadata.labels : undefined
  return isMapping(labels) && BUILDKIT_LABEL in labels
}
