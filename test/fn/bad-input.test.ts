import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { runCommand } from '../../fn/commands/run-command.ts'

const root = mkdtempSync(join(tmpdir(), 'render-buildkit-bad-'))
after(() => rmSync(root, { recursive: true }))

const MANIFESTS = readFileSync(join(import.meta.dirname, '../../examples/modes/privileged.yaml'), 'utf8')
const SUMMARY = 'rendered 1 Pod from 1 Buildkit and 1 BuildkitTemplate'
const configMap = (name: string, value = '"1"') =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\ndata:\n  value: ${value}\n`

/** A folder with the manifests of a mode in `a.yaml` and what `fill` adds. */
function folder(name: string, fill: (path: string) => void = () => undefined): string {
  const path = join(root, name)
  mkdirSync(path)
  writeFileSync(join(path, 'a.yaml'), MANIFESTS)
  fill(path)
  return path
}

async function build(path: string): Promise<{ documents: number; stderr: readonly string[]; exitCode: number }> {
  const { stdout, stderr, exitCode } = await runCommand(['build', path], () => Promise.resolve(new Uint8Array()))
  return { documents: stdout.length, stderr, exitCode }
}

const fine = (documents: number) => ({ documents, stderr: [SUMMARY], exitCode: 0 })
const failed = (...stderr: readonly string[]) => ({ documents: 0, stderr, exitCode: 1 })

test('a folder without our kinds comes out as it is', async () => {
  const path = join(root, 'foreign')
  mkdirSync(path)
  writeFileSync(join(path, 'a.yaml'), configMap('a'))
  const { stdout, stderr, exitCode } = await runCommand(['build', path], () => Promise.resolve(new Uint8Array()))
  const said = ['rendered 0 Pods from 0 Buildkits and 0 BuildkitTemplates']
  assert.deepEqual({ stdout, stderr, exitCode }, { stdout: [configMap('a')], stderr: said, exitCode: 0 })
})

test('nothing is no input: neither an empty folder nor what a failed program leaves in a pipe', async () => {
  const path = join(root, 'empty')
  mkdirSync(path)
  writeFileSync(join(path, 'notes.txt'), 'no manifest')
  assert.deepEqual(await build(path), failed(`${path}: error: must contain manifests, but has none`))
  for (const stdin of ['', '\n', '---\n# nothing\n'])
    for (const command of ['build', 'check'])
      assert.deepEqual(await runCommand([command, '-'], () => Promise.resolve(Buffer.from(stdin))), {
        stdout: [],
        stderr: ['standard input: error: must contain manifests, but has none'],
        exitCode: 1,
      })
})

test('every broken manifest of a folder is named', async () => {
  const path = folder('broken', (at) => {
    writeFileSync(join(at, 'b.yaml'), `${MANIFESTS.split('---')[0]}  broken: [\n`)
    writeFileSync(join(at, 'c.yaml'), 'values: for a chart\n')
    writeFileSync(join(at, 'd.yaml'), Buffer.from('a: 1\nb: \xff', 'latin1'))
  })
  const { documents, stderr, exitCode } = await build(path)
  assert.deepEqual([documents, exitCode], [0, 1])
  assert.deepEqual(stderr, [
    `${path}/b.yaml:8:11: error: BuildkitTemplate builders/privileged: is not valid YAML: has \`[\` without an end`,
    `${path}/c.yaml:1:1: error: must be a Kubernetes object, but has no \`apiVersion\` and \`kind\`; leave the file out or move it away`,
    `${path}/d.yaml:2:4: error: must be UTF-8 text, got other bytes`,
  ])
})

test('a link that leads out of the folder is not followed', async () => {
  writeFileSync(join(root, 'secret.yaml'), configMap('secret'))
  const path = folder('leaving', (at) => symlinkSync('../secret.yaml', join(at, 'b.yaml')))
  const message =
    'must be a file in the folder, but is a link that leads out of it; copy the file, or pass it as a separate PATH'
  assert.deepEqual(await build(path), failed(`${path}/b.yaml: error: ${message}`))
})

test('a link inside of the folder is followed, as a mounted ConfigMap needs it', async () => {
  const path = join(root, 'mounted')
  mkdirSync(join(path, '..2026_11_25'), { recursive: true })
  writeFileSync(join(path, '..2026_11_25/a.yaml'), MANIFESTS)
  symlinkSync('..2026_11_25', join(path, '..data'))
  symlinkSync('..data/a.yaml', join(path, 'a.yaml'))
  assert.deepEqual(await build(path), fine(3))
})

test('links to folders are left out, so that a loop of them has an end', async () => {
  const path = folder('loop', (at) => {
    mkdirSync(join(at, 'sub'))
    symlinkSync('..', join(at, 'sub/up'))
    symlinkSync('..', join(at, 'sub/up.yaml'))
    symlinkSync(root, join(at, 'out'))
  })
  assert.deepEqual(await build(path), fine(3))
})

test('a link to itself, one to nothing, and a pipe', async () => {
  const path = folder('links', (at) => {
    symlinkSync('b.yaml', join(at, 'b.yaml'))
    symlinkSync('nowhere.yaml', join(at, 'c.yaml'))
    execFileSync('mkfifo', [join(at, 'd.yaml')])
  })
  assert.deepEqual(
    await build(path),
    failed(
      `${path}/b.yaml: error: must be a file or folder, but is a link to itself`,
      `${path}/c.yaml: error: must be a file or folder, but does not exist`,
    ),
  )
})

test('a pipe or a device is named, and never waited for', { timeout: 10_000 }, async () => {
  const message = 'must be a file or folder, but is a pipe, a socket or a device; name it as `-` on standard input'
  const path = folder('pipes', (at) => {
    execFileSync('mkfifo', [join(at, 'pipe')])
    symlinkSync('pipe', join(at, 'b.yaml'))
  })
  assert.deepEqual(await build(path), failed(`${path}/b.yaml: error: ${message}`))
  for (const one of [join(path, 'pipe'), '/dev/null', '/dev/zero'])
    assert.deepEqual(await build(one), failed(`${one}: error: ${message}`))
})

test('a file that may not be read is named', async () => {
  const path = folder('unreadable', (at) => {
    writeFileSync(join(at, 'b.yaml'), configMap('b'))
    chmodSync(join(at, 'b.yaml'), 0)
  })
  chmodSync(root, 0o755)
  const isRoot = process.geteuid?.() === 0
  if (isRoot) process.seteuid?.(65534)
  try {
    assert.deepEqual(await build(path), failed(`${path}/b.yaml: error: must be readable, but permission is denied`))
  } finally {
    if (isRoot) process.seteuid?.(0)
  }
})

test('ten thousand files are no trouble', { timeout: 60_000 }, async () => {
  const path = folder('many', (at) => {
    for (let n = 0; n < 10_000; n++) writeFileSync(join(at, `file-${n}.yaml`), configMap(`c-${n}`))
  })
  assert.deepEqual(await build(path), fine(10_003))
})

test('a file of 100 MB is no trouble', { timeout: 60_000 }, async () => {
  const path = folder('large', (at) => writeFileSync(join(at, 'b.yaml'), configMap('large', 'x'.repeat(100_000_000))))
  assert.deepEqual(await build(path), fine(4))
})

test('files that are too large for a text are named', { timeout: 60_000 }, async () => {
  const path = folder('huge', (at) => {
    for (const [name, size] of [
      ['b.yaml', 600 * 2 ** 20],
      ['c.yaml', 3 * 2 ** 30],
    ] as const) {
      writeFileSync(join(at, name), '')
      truncateSync(join(at, name), size)
    }
  })
  assert.deepEqual(
    await build(path),
    failed(
      `${path}/b.yaml: error: must be smaller than 512 MiB, got 600 MiB`,
      `${path}/c.yaml: error: must be smaller than 512 MiB`,
    ),
  )
})
