import assert from 'node:assert/strict'
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { afterEach, beforeEach, test } from 'node:test'
import { parse } from 'yaml'
import { REPOSITORY, run } from '../../release/run.ts'
import { type Outcome, runProgram } from '../harness/servers/run-program.ts'

interface Step {
  readonly name?: string
  readonly run?: string
}

const { jobs } = parse(await readFile(join(REPOSITORY, '.github/workflows/release.yml'), 'utf8'))

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'workflow-'))
  await mkdir(join(folder, 'bin'))
})
afterEach(() => rm(folder, { recursive: true }))

/** Puts a script on PATH under the name of a program. */
async function stand(name: string, script: string): Promise<void> {
  await writeFile(join(folder, 'bin', name), `#!/bin/bash\n${script}\n`)
  await chmod(join(folder, 'bin', name), 0o755)
}

/** Runs a step as GitHub does where a workflow names no shell. */
function runStep(job: string, name: string, { tag = 'v0.2.0', cwd = folder } = {}): Promise<Outcome> {
  const step = jobs[job].steps.find((one: Step) => one.name?.startsWith(name))
  const env = {
    PATH: `${join(folder, 'bin')}:${process.env.PATH}`,
    HOME: folder,
    GITHUB_REF_NAME: tag,
    GITHUB_REPOSITORY_OWNER: 'buildkit-gitops',
  }
  return runProgram('bash', ['-e', '-c', step.run], { cwd, env })
}

test('the release fails if images and chart could not be pushed', async () => {
  await stand('node', 'echo "registry/image@sha256:1"; exit 1')
  const { code, stdout } = await runStep('registry', 'Push')
  assert.deepEqual([code, stdout], [1, ''])
})

test('the release shows and keeps what is to be signed', async () => {
  await stand('node', 'echo "registry/image@sha256:1"')
  const { code, stdout } = await runStep('registry', 'Push')
  assert.deepEqual([code, stdout], [0, 'registry/image@sha256:1\n'])
  assert.equal(await readFile(join(folder, 'published.txt'), 'utf8'), stdout)
})

for (const [state, answer, expected] of [
  ['does not exist', 'exit 1', ['view', 'create', 'upload', 'edit']],
  ['is a draft', 'echo true', ['view', 'upload', 'edit']],
  ['is published', 'echo false', ['view']],
] as const)
  test(`a release on GitHub that ${state} is ${expected.length === 1 ? 'left alone' : 'completed, then published'}`, async () => {
    await stand('gh', `echo "$2" >>calls; if [ "$2" = view ]; then ${answer}; fi`)
    const { code, stderr } = await runStep('github', 'Create')
    assert.deepEqual([code, stderr], [0, ''])
    assert.deepEqual((await readFile(join(folder, 'calls'), 'utf8')).trim().split('\n'), expected)
  })

test('the tag of the action moves to a newer version, and never back', async () => {
  const [origin, clone] = [join(folder, 'origin'), join(folder, 'clone')]
  await run('git', ['init', '--quiet', '--bare', origin])
  await run('git', ['clone', '--quiet', origin, clone])
  const identity = ['-c', 'user.name=Somebody', '-c', 'user.email=somebody@example.com']
  const release = async (tag: string) => {
    await run('git', [...identity, 'commit', '--quiet', '--allow-empty', '--message', tag], { cwd: clone })
    await run('git', ['tag', tag], { cwd: clone })
    const { code, stderr } = await runStep('github', 'Move', { tag, cwd: clone })
    assert.equal(code, 0, stderr)
    const moved = (await run('git', ['rev-parse', 'v0'], { cwd: origin })).trim()
    return (await run('git', ['tag', '--points-at', moved, '--list', 'v0.*'], { cwd: clone })).trim()
  }
  const moved = [await release('v0.2.0'), await release('v0.1.1'), await release('v0.10.0'), await release('v0.9.0')]
  assert.deepEqual(moved, ['v0.2.0', 'v0.2.0', 'v0.10.0', 'v0.10.0'])
})

test('a commit that main does not have is not released', async () => {
  const clone = join(folder, 'clone')
  const git = (...args: readonly string[]) =>
    run('git', ['-c', 'user.name=Somebody', '-c', 'user.email=somebody@example.com', ...args], { cwd: clone })
  await run('git', ['init', '--quiet', clone])
  await git('commit', '--quiet', '--allow-empty', '--message', 'One')
  await git('update-ref', 'refs/remotes/origin/main', 'HEAD')
  assert.equal((await runStep('make', 'Check that main', { cwd: clone })).code, 0)
  await git('commit', '--quiet', '--allow-empty', '--message', 'Two')
  assert.equal((await runStep('make', 'Check that main', { cwd: clone })).code, 1)
})

test('every job that publishes artifacts checks their checksums', () => {
  const checked = ['registry', 'npm', 'github'].filter((name) =>
    jobs[name].steps.some((step: Step) => step.run === 'sha256sum --check SHA256SUMS'),
  )
  assert.deepEqual(checked, ['registry', 'npm', 'github'])
})
