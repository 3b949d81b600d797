import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import process from 'node:process'
import { after, test } from 'node:test'
import { type Outcome, runProgram } from '../harness/servers/run-program.ts'

/** Builds everything but runc, whose libraries are missing. */
const GO = `#!/bin/sh
[ "$1" = env ] && echo go1.99.0 && exit
case $PWD in */runc) echo "go: downloading" >&2; echo "Package 'libseccomp' not found" >&2; exit 1;; esac
while [ "$1" != -o ]; do shift; done
echo program > "$2"
`

const folder = mkdtempSync(join(tmpdir(), 'tools-'))
writeFileSync(join(folder, 'go'), GO, { mode: 0o755 })
after(() => rmSync(folder, { recursive: true }))

test('a tool that cannot be built does not stop the others, and the end says which and why', async () => {
  const { code, stdout } = await buildTools('runc', 'etcd', 'buildkitd')
  assert.equal(code, 1)
  assert.deepEqual(stdout.split('\n').slice(-5), [
    'built (2): etcd, buildkitd',
    'not built (1): runc',
    "  runc: Package 'libseccomp' not found; it needs the Debian packages gcc, pkg-config and libseccomp-dev",
    '`npm test` skips what needs them. Type `npm run tools` again to build only these.',
    '',
  ])
})

test('what is there is not built again', async () => {
  const { code, stdout } = await buildTools('etcd')
  assert.equal(code, 0)
  assert.equal(stdout, '\nalready there (1): etcd\n')
  assert.equal(readdirSync(join(folder, 'buildkit-gitops/tools')).length, 2)
})

test('a tool that does not exist is a usage error that lists those that do', async () => {
  const { code, stderr } = await buildTools('etdc')
  assert.equal(code, 2)
  assert.match(stderr, /^must be names of tools, got etdc; there are .*, etcd, /)
})

function buildTools(...names: readonly string[]): Promise<Outcome> {
  const env = { ...process.env, XDG_CACHE_HOME: folder, PATH: [folder, process.env.PATH].join(delimiter) }
  return runProgram(process.execPath, [join(import.meta.dirname, 'build.ts'), ...names], { env })
}
