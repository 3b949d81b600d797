import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { after, beforeEach } from 'node:test'
import { isOwn } from '../../../fn/start/read-own-folder.ts'
import { bundle } from '../bundled.ts'
import { buildkit, item, listOf, template } from '../items.ts'

export const home = mkdtempSync(join(homedir(), '.render-buildkit-test-'))
export const caches = join(home, '.cache')
export const kept = join(caches, 'render-buildkit')
export const skip = isOwn(home, process) ? false : 'must have a home that only this user can change'
/** A user who is not root. */
export const OTHER = 12345
const objects = [template('small'), buildkit('a', { template: 'small' })]
const small = listOf(objects)
/** So much that a run spares memory. */
export const large = listOf([
  ...objects,
  item({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'large' }, data: { letters: 'x'.repeat(1 << 20) } }),
])

beforeEach(() => rmSync(caches, { recursive: true, force: true }))
after(() => rmSync(home, { recursive: true }))

interface Run {
  readonly env?: Readonly<Record<string, string>>
  readonly args?: readonly string[]
  readonly input?: string
}

export function render({ env = { HOME: home }, args = [], input = small }: Run = {}): string {
  const options = { env, input, encoding: 'utf8', maxBuffer: 1 << 22 } as const
  const { status, stdout, stderr } = spawnSync(process.execPath, [bundle, ...args], options)
  assert.deepEqual([status, stderr], [0, ''])
  return stdout
}

export function needsRoot(): string | false {
  return process.getuid?.() === 0 ? skip : 'needs root'
}

export function fileIn(folder: string): string {
  const names = readdirSync(folder)
  assert.equal(names.length, 1)
  return join(folder, String(names[0]))
}
