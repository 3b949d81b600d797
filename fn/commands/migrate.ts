import type { Item } from '../input/item.ts'
import { type Migration, migrate } from '../migrate/migrate.ts'
import { writePackage } from '../migrate/write-package.ts'
import { lineOfPlaced, placed } from '../report/placed.ts'
import { type Finding, hasError, isProblem } from '../results/finding.ts'
import { lineOf } from '../results/results.ts'
import { plural } from '../results/words.ts'
import type { Outcome } from './outcome.ts'

/**
 * Migrates manifests from a cluster: into new files below `folder`, with the shell script on standard output, or as one
 * YAML stream, with the script among what is said.
 */
export function runMigrate(items: readonly Item[], folder: string | undefined): Outcome {
  const migration = migrate(items)
  const { files, script, results } = migration
  const lines = results.flatMap(linesOf)
  if (hasError(results)) return failed(results.filter(isProblem).flatMap(linesOf))
  if (folder === undefined) {
    const stdout = files.map(({ text }, at) => (at === 0 ? text : `---\n${text}`))
    return { stdout, stderr: [...lines, ...script, summaryOf(migration)], exitCode: 0 }
  }
  const problems = writePackage(folder, files)
  if (problems.length > 0) return failed(problems)
  const stderr = [...lines, `${summaryOf(migration)}, in ${plural(files.length, 'file')} below ${folder}`]
  return { stdout: script.map((line) => `${line}\n`), stderr, exitCode: 0 }
}

/** What kubectl gets has lines that nobody edits; they only help to find what is broken. */
function linesOf(finding: Finding): readonly string[] {
  return finding.item?.error ? placed([finding], []).map(lineOfPlaced) : [lineOf(finding)]
}

function failed(stderr: readonly string[]): Outcome {
  return { stdout: [], stderr, exitCode: 1 }
}

function summaryOf({ counts: { buildkits, templates, pods } }: Migration): string {
  return `migrated ${plural(buildkits, 'Buildkit')} and ${plural(templates, 'BuildkitTemplate')}, with ${plural(pods, 'Pod')} to adopt`
}
