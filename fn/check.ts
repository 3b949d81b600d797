import { counted } from './counted.ts'
import { hasError, inputFinding, objectFinding } from './finding.ts'
import type { Manifests } from './manifests-in.ts'
import { plural } from './plural.ts'
import { decide } from './render.ts'
import type { RenderConfig } from './render-config.ts'
import { githubCommands } from './report/github-commands.ts'
import { jsonReport } from './report/json-report.ts'
import { lineOfPlaced, lineOfReadError } from './report/line-of-placed.ts'
import type { OutputFormat } from './report/output-format.ts'
import { type Placed, placed } from './report/placed.ts'
import { sarifReport } from './report/sarif-report.ts'
import type { Outcome } from './run-function.ts'

/**
 * Everything that is to be said of manifests in Git: as lines on standard error, and for programs on standard output where `output`
 * asks for it. The exit code is 1 where there is an error, as about what is not up to date, if it is to be rendered there.
 */
export function check(manifests: Manifests, config: RenderConfig, { output, isUnrendered }: Asked): Outcome {
  const mode = isUnrendered ? 'render' : 'check'
  const { plan, results } = decide(manifests.items, { ...config, mode }, true)
  const found = placed(counted(results), manifests.items)
  const lines = [...manifests.errors.map(lineOfReadError), ...found.map(lineOfPlaced)]
  const isFine = manifests.errors.length === 0 && !hasError(results)
  return {
    stdout: output ? [report(output, [...unread(manifests), ...found])] : [],
    stderr: isFine
      ? [...lines, `${plural(plan.wanted.length, 'Pod')} ${isUnrendered ? 'to render' : 'up to date'}`]
      : lines,
    exitCode: isFine ? 0 : 1,
  }
}

interface Asked {
  readonly output: OutputFormat | undefined
  readonly isUnrendered: boolean
}

function unread({ errors }: Manifests): readonly Placed[] {
  return errors.map(({ path, message }) => {
    const item = path === undefined ? undefined : { text: '', origin: { path, index: 0 } }
    return { finding: item ? objectFinding('error', item, message) : inputFinding('error', message) }
  })
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
