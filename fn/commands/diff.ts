import type { RenderConfig } from '../config/render-config.ts'
import { shrinkFindings } from '../diff/claim-sizes.ts'
import { jsonReport } from '../diff/json-report.ts'
import { markdownReport } from '../diff/markdown-report.ts'
import { type PackageDiff, packageDiff, pairsOf } from '../diff/package-diff.ts'
import type { PriceList } from '../diff/prices.ts'
import { sideOf } from '../diff/side.ts'
import { textReport } from '../diff/text-report.ts'
import type { Decision } from '../output/render.ts'
import { lineOfPlaced, placed } from '../report/placed.ts'
import { counted } from '../results/findings.ts'
import { failureLines } from './fail-on.ts'
import type { DiffFormat, FailOn } from './options.ts'
import type { Outcome } from './outcome.ts'

/** One version of a package. */
export interface Version {
  readonly decision: Decision
  readonly config: RenderConfig
}

export interface DiffAsked {
  readonly format: DiffFormat
  readonly failOn: readonly FailOn[]
}

/** What a diff is asked for, with a price list that was read. */
export interface Priced extends DiffAsked {
  readonly prices?: PriceList | undefined
}

const REPORTS: Readonly<Record<DiffFormat, (diff: PackageDiff) => string>> = {
  text: textReport,
  markdown: markdownReport,
  json: jsonReport,
}

/**
 * What a change of a package does, for whoever reviews it: on standard output. The exit code is 1 where it does what the command is asked
 * to fail on, or where a version has errors: then builders may be missing. Standard error says why.
 */
export function diff(before: Version, after: Version, { format, failOn, prices }: Priced): Outcome {
  const [old, young] = [before, after].map(({ decision, config }) => sideOf(decision, config)) as [Side, Side]
  const found = packageDiff(old, young, prices)
  const errors = [
    ...errorLines('before', old),
    ...errorLines('after', young),
    ...(isUnrelated(found) ? [UNRELATED] : []),
    ...placed(shrinkFindings(pairsOf(old, young)), young.items).map((one) => `after: ${lineOfPlaced(one)}`),
    ...failureLines(found, failOn),
  ]
  return { stdout: [REPORTS[format](found)], stderr: errors, exitCode: errors.length > 0 ? 1 : 0 }
}

type Side = ReturnType<typeof sideOf>

function errorLines(version: string, { findings, items }: Side): readonly string[] {
  const errors = counted(findings.filter(({ severity }) => severity === 'error'))
  return placed(errors, items).map((one) => `${version}: ${lineOfPlaced(one)}`)
}

const UNRELATED = 'must be two versions of one package, but no builder is in both'

function isUnrelated({ rolls, scalings, added, removed, unchanged }: PackageDiff): boolean {
  return added.length > 0 && removed.length > 0 && rolls.length + scalings.length + unchanged === 0
}
