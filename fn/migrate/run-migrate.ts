import { hasError, isProblem } from '../finding.ts'
import type { Manifests } from '../manifests-in.ts'
import { plural } from '../plural.ts'

import { lineOfReadError } from '../report/line-of-placed.ts'
import { lineOf } from '../results.ts'
import type { Outcome } from '../run-function.ts'
import { type Migration, migrate } from './migrate.ts'
import { writePackage } from './write-package.ts'

/**
 * Migrates manifests from a cluster: into new files below `folder`, with the shell script on standard output, or as one
 * YAML stream, with the script among what is said.
 */
export function runMigrate({ items, errors }: Manifests, folder: string | undefined): Outcome {
  const migration = migrate(items)
  const { files, script, results } = migration
  const lines = results.map((result) => lineOf(result))
  // Where there is nothing at all, how to get something helps more than that there is nothing.
  if (errors.length > 0) return failed([...errors.map(lineOfReadError), ...(items.length > 0 ? [] : lines)])
  if (hasError(results)) return failed(results.filter(isProblem).map((result) => lineOf(result)))
  if (folder === undefined) {
    const stdout = files.map(({ text }, at) => (at === 0 ? text : `---\n${text}`))
    return { stdout, stderr: [...lines, ...script, summaryOf(migration)], exitCode: 0 }
  }
  const problems = writePackage(folder, files)
  if (problems.length > 0) return failed(problems)
  const stderr = [...lines, `${summaryOf(migration)}, in ${plural(files.length, 'file')} below ${folder}`]
  return { stdout: script.map((line) => `${line}\n`), stderr, exitCode: 0 }
}

function failed(stderr: readonly string[]): Outcome {
  return { stdout: [], stderr, exitCode: 1 }
}

function summaryOf({ counts: { buildkits, templates, pods } }: Migration): string {
  return `migrated ${plural(buildkits, 'Buildkit')} and ${plural(templates, 'BuildkitTemplate')}, with ${plural(pods, 'Pod')} to adopt`
}
