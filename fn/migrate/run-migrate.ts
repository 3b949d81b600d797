import { plural } from '../plural.ts'
import type { Manifests } from '../read-manifests.ts'
import { hasError } from '../render.ts'
import { lineOf } from '../results.ts'
import type { Outcome } from '../run-function.ts'
import { type Migration, migrate } from './migrate.ts'
import { writePackage } from './write-package.ts'

/**
 * Migrates manifests from a cluster: into new files below the folder `output`, with the shell script on standard output, or as one
 * YAML stream, with the script among what is said.
 */
export function runMigrate({ items, errors }: Manifests, output: string | undefined): Outcome {
  const migration = migrate(items)
  const { files, script, results } = migration
  const lines = results.map(lineOf)
  // Where there is nothing at all, how to get something helps more than that there is nothing.
  if (errors.length > 0) return failed(items.length > 0 ? errors : [...errors, ...lines])
  if (hasError(results)) return failed(results.filter(({ severity }) => severity !== 'info').map(lineOf))
  if (output === undefined) {
    const stdout = files.map(({ text }, at) => (at === 0 ? text : `---\n${text}`))
    return { stdout, stderr: [...lines, ...script, summaryOf(migration)], exitCode: 0 }
  }
  const problems = writePackage(output, files)
  if (problems.length > 0) return failed(problems)
  const stderr = [...lines, `${summaryOf(migration)}, in ${plural(files.length, 'file')} below ${output}`]
  return { stdout: script.map((line) => `${line}\n`), stderr, exitCode: 0 }
}

function failed(stderr: readonly string[]): Outcome {
  return { stdout: [], stderr, exitCode: 1 }
}

function summaryOf({ counts: { buildkits, templates, pods } }: Migration): string {
  return `migrated ${plural(buildkits, 'Buildkit')} and ${plural(templates, 'BuildkitTemplate')}, with ${plural(pods, 'Pod')} to adopt`
}
