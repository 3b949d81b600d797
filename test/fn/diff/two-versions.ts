import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runCommand } from '../../../fn/commands/run-command.ts'

export const TEMPLATE = { image: 'moby/buildkit:v0.33.0' }

/** A package with a template `small` and builders of it. */
export function manifests(spec: object, names: readonly string[], ofBuildkits: object = {}): string {
  const template = { kind: 'BuildkitTemplate', metadata: { name: 'small', namespace: 'ci' }, spec }
  const buildkits = names.map((name) => {
    return { kind: 'Buildkit', metadata: { name, namespace: 'ci' }, spec: { template: 'small', ...ofBuildkits } }
  })
  return [template, ...buildkits]
    .map((object) => JSON.stringify({ apiVersion: 'buildkit.seatgeek.io/v1alpha1', ...object }))
    .join('\n---\n')
}

/** What `diff` prints of two files, without positions of the folder that they are in. */
export async function diff(old: string, young: string, ...flags: readonly string[]) {
  const folder = mkdtempSync(join(tmpdir(), 'diff-'))
  try {
    const paths = ['old.yaml', 'young.yaml'].map((name) => join(folder, name))
    writeFileSync(join(folder, 'old.yaml'), old)
    writeFileSync(join(folder, 'young.yaml'), young)
    const { stdout, stderr, exitCode } = await runCommand(['diff', ...flags, ...paths], noInput)
    return { text: stdout.join(''), stderr, exitCode }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** What `diff` prints with a price list, or the text of one. */
export async function priced(versions: readonly [string, string], prices: unknown, ...flags: readonly string[]) {
  const folder = mkdtempSync(join(tmpdir(), 'prices-'))
  try {
    writeFileSync(join(folder, 'prices.yaml'), typeof prices === 'string' ? prices : JSON.stringify(prices))
    return await diff(...versions, '--prices', join(folder, 'prices.yaml'), ...flags)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function noInput(): never {
  throw new Error('diff has read standard input')
}
