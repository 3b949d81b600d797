import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import { runCommand } from '../../../fn/commands/run-command.ts'

export const root = mkdtempSync(join(tmpdir(), 'render-buildkit-fix-'))
after(() => rmSync(root, { recursive: true }))

export const HEAD = 'apiVersion: buildkit.seatgeek.io/v1alpha1\n'

/** A template with two mistakes, and without a line break at its end. */
export const template = `${HEAD}kind: BuildkitTemplate
metadata:
  name: small
spec:
  rootles: true
  podLabels:
    a: b
    c: d
    e: f
    g: h
    version: 1.10`
export const correctedTemplate = template.replace('rootles:', 'rootless:').replace('1.10', '"1.10"')

/** A Buildkit with one, in a file as Windows writes it. */
export const buildkit = `\ufeff${HEAD}kind: Buildkit\r\nmetadata:\r\n  name: shop\r\nspec:\r\n  template: smal # typo\r\n`

/** A folder with these files. */
export function folderOf(name: string, files: Readonly<Record<string, string>>): string {
  const folder = join(root, name)
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(folder, path, '..'), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  return folder
}

export function filesIn(folder: string): Readonly<Record<string, string>> {
  const entries = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile())
  return Object.fromEntries(entries.map(({ name }) => [name, readFileSync(join(folder, name), 'utf8')]))
}

export async function fix(...args: readonly string[]) {
  const { stdout, stderr, exitCode } = await runCommand(['fix', ...args], () => assert.fail('reads standard input'))
  return { stdout: stdout.join(''), stderr, exitCode }
}
