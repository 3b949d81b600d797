import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { bundle, folder } from './bundled.ts'

/** What a shell does with standard input and output, and how that ends. */
const worlds: Readonly<Record<string, readonly [command: string, stderr: string]>> = {
  'a full disk': [
    'build a.yaml > /dev/full',
    'cannot write to standard output: ENOSPC: no space left on device, write\n',
  ],
  'a folder as standard input': [
    'build - < .',
    'cannot read standard input: EISDIR: illegal operation on a directory, read\n',
  ],
}

for (const [name, [command, said]] of Object.entries(worlds)) {
  test(`${name} is no bug of ours, and no success`, () => {
    writeFileSync(join(folder, 'a.yaml'), 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n')
    const shell = ['-c', `exec "$0" "$1" ${command}`, process.execPath, bundle]
    const { stdout, stderr, status } = spawnSync('sh', shell, { cwd: folder, encoding: 'utf8' })
    assert.deepEqual(
      { stdout, said: stderr.split('\n').slice(-2).join('\n'), status },
      { stdout: '', said, status: 74 },
    )
  })
}

test('where nobody can be told anything the rest goes on', () => {
  const shell = ['-c', 'exec "$0" "$1" build a.yaml 2> /dev/full', process.execPath, bundle]
  const { stdout, status } = spawnSync('sh', shell, { cwd: folder, encoding: 'utf8' })
  assert.deepEqual({ stdout, status }, { stdout: 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n', status: 0 })
})
