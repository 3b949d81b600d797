import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { after, before, test } from 'node:test'
import { buildExecutable } from '../../release/executables/build-executable.ts'
import { binary, needs } from '../harness/servers/binaries.ts'

const BUNDLE = join(import.meta.dirname, '../../dist/render-buildkit.cjs')
const EXAMPLES = join(import.meta.dirname, '../../examples')
const PACKAGE = readFileSync(join(import.meta.dirname, '../../release/executables/training.yaml'))
const ARM64 = '/usr/aarch64-linux-gnu'

const root = mkdtempSync(join(tmpdir(), 'executables-'))
after(() => rmSync(root, { recursive: true }))

function folder(name: string): string {
  const path = join(root, name)
  mkdirSync(path, { recursive: true })
  return path
}

interface Ended {
  readonly stdout: string
  readonly stderr: string
  readonly exitCode: number | null
}

function run(
  command: readonly string[],
  { input = '', env = {} }: { input?: string | Buffer; env?: NodeJS.ProcessEnv } = {},
): Ended {
  const [program = '', ...args] = command
  const { stdout, stderr, status } = spawnSync(program, args, { input, env, encoding: 'utf8', maxBuffer: 2 ** 26 })
  return { stdout, stderr, exitCode: status }
}

/** What the bundle makes of the same, which Node.js runs. */
function expected(args: readonly string[], input: string | Buffer = ''): Ended {
  return run([process.execPath, BUNDLE, ...args], { input })
}

const isHere = process.platform === 'linux' && process.arch === 'x64'
const skip = isHere ? false : 'must run on Linux on amd64'

let program = ''
before(async () => {
  if (isHere) program = await buildExecutable('linux-amd64', folder('one'))
})

test('an executable has the same bytes when made twice', { skip }, async () => {
  const again = await buildExecutable('linux-amd64', folder('two'))
  assert.ok(readFileSync(program).equals(readFileSync(again)))
})

test('an executable has code that V8 takes for the renderer', { skip }, () => {
  const script = `const { Script } = require('node:vm'); const { readFileSync } = require('node:fs')
    const [renderer, cachedData] = [readFileSync(process.argv[1], 'latin1'), readFileSync(process.argv[2])]
    console.log(new Script(renderer, { cachedData }).cachedDataRejected)`
  const renderer = join(import.meta.dirname, '../../dist/executable/renderer.js')
  const { stdout } = run([process.execPath, '-e', script, renderer, join(root, 'one/code.bin')])
  assert.equal(stdout, 'false\n')
})

for (const args of [[], ['--version'], ['--help'], ['explain', 'BK301'], ['build', EXAMPLES], ['no-command']]) {
  test(`an executable prints what the bundle prints: ${args[0] ?? 'a ResourceList'}`, { skip }, () => {
    assert.deepEqual(run([program, ...args], { input: PACKAGE }), expected(args, PACKAGE))
  })
}

test('an executable does not heed the variables of Node.js', { skip }, () => {
  const env = { NODE_OPTIONS: '--require /nonexistent.cjs', NODE_DEBUG: '', NODE_PENDING_DEPRECATION: '1' }
  assert.deepEqual(run([program], { input: PACKAGE, env }), expected([], PACKAGE))
})

test('an executable takes no option of Node.js', { skip }, () => {
  for (const option of ['--inspect', '--eval', '--node-snapshot'])
    assert.deepEqual(run([program, option]), expected([option]))
})

test('an executable runs in a root with nothing but the libraries of C and C++', {
  skip: skip || (process.getuid?.() !== 0 && 'must be root'),
}, () => {
  const empty = folder('empty')
  cpSync(program, join(empty, 'render-buildkit'))
  for (const [library] of run(['ldd', program], { env: process.env }).stdout.matchAll(/\/\S+/g)) {
    mkdirSync(join(empty, dirname(library)), { recursive: true })
    copyFileSync(library, join(empty, library))
  }
  const libraries = run(['find', empty, '-name', '*.so*', '-printf', '%f\n'], { env: process.env }).stdout
  assert.deepEqual(libraries.trim().split('\n').sort(), [
    'ld-linux-x86-64.so.2',
    'libc.so.6',
    'libdl.so.2',
    'libgcc_s.so.1',
    'libm.so.6',
    'libpthread.so.0',
    'libstdc++.so.6',
  ])
  const ended = run(['chroot', empty, '/render-buildkit'], { input: PACKAGE, env: { PATH: process.env.PATH } })
  assert.deepEqual(ended, expected([], PACKAGE))
})

test('an executable is a function for kpt', { skip: skip || needs('kpt') }, () => {
  const path = folder('package')
  cpSync(join(EXAMPLES, 'quickstart/buildkit.yaml'), join(path, 'buildkit.yaml'))
  const { stderr, exitCode } = run(['kpt', 'fn', 'eval', path, '--exec', program], { env: process.env })
  assert.equal(exitCode, 0, stderr)
  const files = readdirSync(path).map((name) => readFileSync(join(path, name), 'utf8'))
  assert.match(files.join('---\n'), /^kind: Pod$/m)
})

test('an executable is a function for kustomize', { skip: skip || needs('kustomize') }, () => {
  const path = folder('kustomize')
  cpSync(join(EXAMPLES, 'quickstart/buildkit.yaml'), join(path, 'buildkit.yaml'))
  writeFileSync(join(path, 'kustomization.yaml'), 'resources: [buildkit.yaml]\ntransformers: [render.yaml]\n')
  writeFileSync(
    join(path, 'render.yaml'),
    `apiVersion: buildkit.seatgeek.io/v1alpha1
kind: RenderBuildkit
metadata:
  name: render
  annotations:
    config.kubernetes.io/function: |
      exec: {path: ./render-buildkit}
`,
  )
  symlinkSync(program, join(path, 'render-buildkit'))
  const command = [binary('kustomize'), 'build', '--enable-alpha-plugins', '--enable-exec', path]
  const { stdout, stderr, exitCode } = run(command, { env: process.env })
  assert.equal(exitCode, 0, stderr)
  assert.match(stdout, /^kind: Pod$/m)
})

const lacking = [
  '/usr/bin/qemu-aarch64-static',
  '/usr/bin/aarch64-linux-gnu-strip',
  `${ARM64}/lib/libstdc++.so.6`,
].filter((path) => !existsSync(path))

test('an executable for Linux on arm64 prints what the bundle prints', {
  skip: isHere && lacking.length === 0 ? false : `must have ${lacking.join(', ')}`,
}, async () => {
  const emulated = await buildExecutable('linux-arm64', folder('arm64'))
  const ended = run(['qemu-aarch64-static', '-L', ARM64, emulated], { input: PACKAGE, env: { PATH: process.env.PATH } })
  assert.deepEqual(ended, expected([], PACKAGE))
})
