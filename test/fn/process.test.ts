import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import packageJson from '../../package.json' with { type: 'json' }
import { bundle, folder } from './bundled.ts'
import { buildkit, item, listOf, run, template } from './items.ts'

interface Options {
  readonly input?: string | Uint8Array
  readonly args?: readonly string[]
  readonly nodeArgs?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  readonly cwd?: string
}
interface Ended {
  readonly stdout: string
  readonly stderr: string
  readonly exitCode: number | null
  readonly signal: string | null
}

const configMap = item({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'big' },
  data: { text: 'x'.repeat(1000) },
})
const big = listOf(Array.from({ length: 5000 }, () => configMap))
const package_ = listOf([template('small'), buildkit('b', { template: 'small' }), buildkit('a', { template: 'small' })])

function start({ args = [], nodeArgs = [], env = {}, cwd = folder }: Options): ChildProcess {
  const { PATH = '' } = process.env
  return spawn(process.execPath, [...nodeArgs, bundle, ...args], { cwd, env: { PATH, ...env } })
}

async function end(options: Options): Promise<Ended> {
  const child = start(options)
  child.stdin?.on('error', () => {})
  child.stdin?.end(options.input ?? '')
  const [stdout, stderr, [exitCode, signal]] = await Promise.all([
    textOf(child.stdout),
    textOf(child.stderr),
    once(child, 'close'),
  ])
  return { stdout, stderr, exitCode, signal }
}

async function textOf(stream: AsyncIterable<Buffer> | null): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of stream ?? []) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

const failures: Readonly<Record<string, readonly [options: Options, stderr: string, exitCode: number]>> = {
  'empty standard input is an error': [{ input: '' }, 'must be a ResourceList, got nothing\n', 1],
  'another kind on standard input is an error': [
    { input: 'apiVersion: v1\nkind: ConfigMap\n' },
    'must be a ResourceList, got v1 ConfigMap; run this function with kpt or kustomize, or files with `render-buildkit build`\n',
    1,
  ],
  'bytes that are no UTF-8 are an error': [
    { input: Buffer.concat([Buffer.from(listOf([configMap])), Buffer.from([0xff, 0xfe])]) },
    'standard input: must be UTF-8 text, got other bytes at line 10, column 1\n',
    1,
  ],
  'an unknown command is a usage error': [
    { args: ['rendr'] },
    'error: must be `build`, `check`, `find`, `fix`, `migrate`, `diff`, `tree` or `explain`, got "rendr"; see render-buildkit --help\n',
    2,
  ],
  'an unknown flag is a usage error': [
    { args: ['--frob'] },
    'error: --frob is not an option; see render-buildkit --help\n',
    2,
  ],
  'a configuration without a command is a usage error': [
    { args: ['--config', 'a.yaml'] },
    'error: `--config` must come with `build`, `check`, `diff`, `fix` or `tree`; see render-buildkit --help\n',
    2,
  ],
  'a path that is not there is an error': [
    { args: ['build', 'nowhere'] },
    'nowhere: error: must be a file or folder, but does not exist\n',
    1,
  ],
}

for (const [name, [options, stderr, exitCode]] of Object.entries(failures)) {
  test(name, async () => {
    assert.deepEqual(await end(options), { stdout: '', stderr, exitCode, signal: null })
  })
}

test('garbled standard input is an error of one line', async () => {
  const { stdout, stderr, exitCode } = await end({ input: '{"kind": [' })
  assert.deepEqual({ stdout, exitCode }, { stdout: '', exitCode: 1 })
  assert.match(stderr, /^must be a ResourceList, but is not valid YAML: [^\n]+\n$/)
})

test('the version is printed', async () => {
  const stdout = `render-buildkit ${packageJson.version}\n`
  assert.deepEqual(await end({ args: ['--version'] }), { stdout, stderr: '', exitCode: 0, signal: null })
})

test('the help names every command and option', async () => {
  for (const args of [['--help'], ['-h'], ['help'], ['build', '--help']]) {
    const { stdout, stderr, exitCode } = await end({ args })
    assert.deepEqual({ stderr, exitCode }, { stderr: '', exitCode: 0 })
    for (const word of 'build check find fix migrate explain --config --argocd-plugin --output --unrendered --dry-run --into --help --version'.split(
      ' ',
    ))
      assert.ok(stdout.includes(word), word)
  }
})

test('a slow reader of 5 MB gets every byte', async () => {
  const child = start({})
  child.stdin?.end(big)
  await sleep(500)
  assert.equal(child.exitCode, null)
  const [stdout, [exitCode]] = await Promise.all([textOf(child.stdout), once(child, 'close')])
  assert.equal(stdout === big, true)
  assert.equal(exitCode, 0)
})

test('a reader that goes away makes the exit code 74', async () => {
  const child = start({})
  child.stdin?.end(big)
  child.stdout?.once('data', () => child.stdout?.destroy())
  const [exitCode] = await once(child, 'close')
  assert.equal(exitCode, 74)
})

test('SIGTERM is no success', async () => {
  const child = start({})
  child.stdin?.write('apiVersion: config.kubernetes.io/v1\n')
  await sleep(200)
  child.kill('SIGTERM')
  const [exitCode, signal] = await once(child, 'close')
  assert.deepEqual({ exitCode, signal }, { exitCode: null, signal: 'SIGTERM' })
})

const hesitant = (call: 'readSync' | 'writeSync') => `const fs = require('node:fs')
const { ${call} } = fs
let isReady = false
fs.${call} = (descriptor, bytes, offset = 0, ...rest) => {
  if (descriptor > 2) return ${call}(descriptor, bytes, offset, ...rest)
  isReady = !isReady
  if (!isReady) throw Object.assign(new Error(), { code: 'EAGAIN' })
  return ${call}(descriptor, bytes, offset, Math.min(500, bytes.length - offset))
}`

const rendered = { stdout: run(package_).text, stderr: '', exitCode: 0 }

const preloads: Readonly<Record<string, readonly [code: string, input: string, ended: Partial<Ended>]>> = {
  'a pipe that takes few bytes at a time, and not always, gets all of them': [
    hesitant('writeSync'),
    package_,
    rendered,
  ],
  'a pipe that gives few bytes at a time, and not always, is read to its end': [
    hesitant('readSync'),
    package_,
    rendered,
  ],
  'a bug of ours is one line and exit code 70': [
    `const fs = require('node:fs')
const { writeSync } = fs
fs.writeSync = (descriptor, ...rest) => {
  if (descriptor === 1) throw new Error('broken\\nstack')
  return writeSync(descriptor, ...rest)
}`,
    package_,
    { stdout: '', stderr: 'internal error, please report it: broken\n', exitCode: 70 },
  ],
  'what a dependency logs goes to standard error': [
    "process.once('exit', () => console.log('noise'))",
    listOf([configMap]),
    { stdout: listOf([configMap]), stderr: 'noise\n', exitCode: 0 },
  ],
}

for (const [name, [code, input, ended]] of Object.entries(preloads)) {
  test(name, async () => {
    const preload = join(folder, 'preload.cjs')
    writeFileSync(preload, code)
    const actual = await end({ input, nodeArgs: ['--require', preload] })
    assert.deepEqual(actual, { ...actual, ...ended })
  })
}

test('the same input makes the same bytes on every machine', async () => {
  const environments: readonly Options[] = [
    {},
    { env: { TZ: 'Asia/Kathmandu', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8', HOME: '/nonexistent' }, cwd: '/' },
    { env: { NO_COLOR: '1', DEBUG: '1', LOG_TO_STDERR: 'true', NODE_ENV: 'production' } },
  ]
  for (const options of environments)
    assert.deepEqual(await end({ ...options, input: package_ }), { ...rendered, signal: null })
})
