import { pathText } from '../../crds/issues/field-path.ts'
import { shrinkFindings } from '../diff/claim-sizes.ts'
import { jsonReport } from '../diff/json-report.ts'
import { markdownReport } from '../diff/markdown-report.ts'
import { type PackageDiff, packageDiff, pairsOf } from '../diff/package-diff.ts'
import type { PriceList } from '../diff/prices.ts'
import type { Side } from '../diff/side.ts'
import { textReport } from '../diff/text-report.ts'
import { isUnread } from '../input/unread.ts'
import { lineOfPlaced, placed } from '../report/placed.ts'
import type { Finding } from '../results/finding.ts'
import { counted } from '../results/findings.ts'
import { failureLines } from './fail-on.ts'
import type { DiffFormat, FailOn } from './options.ts'
import type { Outcome } from './outcome.ts'

export interface DiffAsked {
  readonly format: DiffFormat
  readonly failOn: readonly FailOn[]
}

/** What a diff is asked for, with what was read for it. */
export interface Asked extends DiffAsked {
  readonly prices?: PriceList | undefined
  /** Whether two paths were given, which may not be of one package. */
  readonly areTwoPaths: boolean
}

const REPORTS: Readonly<Record<DiffFormat, (diff: PackageDiff) => string>> = {
  text: textReport,
  markdown: markdownReport,
  json: jsonReport,
}

/**
 * What a change of a package does, for whoever reviews it: on standard output. The exit code is 1 where it does what the command is asked
 * to fail on, where the version after it has errors, or a file before it cannot be read. Standard error says why. What else is wrong
 * before a change it may be there to correct: the report has that.
 */
export function diff(before: Side, after: Side, { format, failOn, prices, areTwoPaths }: Asked): Outcome {
  const young = withShrinkingClaims(before, after)
  const found = packageDiff(before, young, prices)
  const lines = [
    ...errorLines(before, ({ item }) => item !== undefined && isUnread(item)),
    ...errorLines(young, () => true),
    ...(areTwoPaths && isUnrelated(found) ? [UNRELATED] : []),
    ...failureLines(found, failOn),
  ]
  return { stdout: [REPORTS[format](found)], stderr: lines, exitCode: lines.length > 0 ? 1 : 0 }
}

function errorLines({ findings, items }: Side, isSaidOf: (finding: Finding) => boolean): readonly string[] {
  const errors = findings.filter((finding) => finding.severity === 'error' && isSaidOf(finding))
  return placed(counted(errors), items).map(lineOfPlaced)
}

/** A version with an error for each size from which claims of the version before would have to shrink. */
function withShrinkingClaims(before: Side, after: Side): Side {
  const shrinking = shrinkFindings(pairsOf(before, after)).filter((finding) => !isSaid(finding, after.findings))
  return { ...after, findings: [...after.findings, ...shrinking] }
}

/** Of a package with Pods in Git, rendering has said it of the claims there. */
function isSaid({ item, path }: Finding, findings: readonly Finding[]): boolean {
  const said = findings.filter((one) => one.item === item && one.severity === 'error')
  return said.some((one) => pathText(one.path) === pathText(path))
}

const UNRELATED = 'error: OLD and NEW must be two versions of one package, but no builder is in both'

function isUnrelated({ builders, added, removed }: PackageDiff): boolean {
  return added.length > 0 && removed.length > 0 && builders === 0
}
