import type { RenderConfig } from '../config/render-config.ts'
import type { Item } from '../input/item.ts'
import { countsOf, decide } from '../output/render.ts'
import { githubCommands } from '../report/github-commands.ts'
import { jsonReport } from '../report/json-report.ts'
import { lineOfPlaced, type Placed, placed } from '../report/placed.ts'
import { sarifReport } from '../report/sarif-report.ts'
import { hasError } from '../results/finding.ts'
import { counted } from '../results/findings.ts'
import { objectsInWords } from '../results/words.ts'
import { layersIn } from './layers-in.ts'
import { isUnreadable } from './not-built.ts'
import type { OutputFormat } from './options.ts'
import type { Outcome } from './outcome.ts'

/**
 * Everything that is to be said of manifests in Git: as lines on standard error, and for programs on standard output where `output`
 * asks for it. The exit code is 1 where there is an error, as about what is not up to date, if it is to be rendered there.
 */
export function check(items: readonly Item[], config: RenderConfig, { output, isUnrendered }: Asked): Outcome {
  const mode = isUnrendered ? 'render' : 'check'
  const { selection, plan, results } = decide(items, { ...config, mode }, { isAdvised: true })
  const layers = isUnrendered ? [] : layersIn(selection, 'check')
  const reported = layers.length > 0 ? [...layers, ...results.filter(isUnreadable)] : results
  const found = placed(counted(reported), items)
  const lines = found.map(lineOfPlaced)
  const isFine = !hasError(reported)
  return {
    stdout: output ? [report(output, found)] : [],
    stderr: isFine
      ? [...lines, `${objectsInWords(countsOf(plan))} ${isUnrendered ? 'to render' : 'up to date'}`]
      : lines,
    exitCode: isFine ? 0 : 1,
  }
}

interface Asked {
  readonly output: OutputFormat | undefined
  readonly isUnrendered: boolean
}

function report(output: OutputFormat, found: readonly Placed[]): string {
  switch (output) {
    case 'json':
      return jsonReport(found)
    case 'sarif':
      return sarifReport(found)
    case 'github':
      return githubCommands(found)
  }
}
