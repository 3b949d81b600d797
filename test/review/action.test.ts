import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { runAction } from '../clients/run-action.ts'
import { runProgram } from '../harness/servers/run-program.ts'
import { folder, path, pullRequest, ROOT } from './checkout.ts'
import { type Forge, startForge } from './forge.ts'

const PATH = join(ROOT, 'config/review')

async function review(forge: Forge, given: Readonly<Record<string, string>> = {}) {
  const cwd = pullRequest()
  const job = {
    PATH: path,
    GITHUB_API_URL: forge.url,
    GITHUB_REPOSITORY: 'team/builders',
  }
  const runner = {
    folder,
    bash: (args: readonly string[], env: Readonly<Record<string, string>>) =>
      runProgram('bash', args, { cwd, env: { ...job, ...env } }),
  }
  const github = { 'github.token': 's3cret', 'github.event.pull_request.number': '12' }
  return runAction(runner, given, { path: PATH, github })
}

const SUMMARY = '**1 of 1 builder rolls. 1 loses its cache, up to 93.1 GiB.**'

test('the action comments on a pull request, and gives the report to later steps', async () => {
  const forge = await startForge()
  try {
    const { code, stdout, stderr, outputs } = await review(forge)
    assert.deepEqual({ code, stdout, stderr }, { code: 0, stdout: 'created a comment\n', stderr: '' })
    const report = readFileSync(String(outputs.report), 'utf8')
    assert.deepEqual(
      forge.comments.map(({ body }) => body),
      [`<!-- render-buildkit diff: . -->\n${report}`],
    )
    assert.ok(report.startsWith(SUMMARY), report)
  } finally {
    await forge.close()
  }
})

test('the action fails on what it is asked to fail on, after the comment', async () => {
  const forge = await startForge()
  try {
    const { code, stdout } = await review(forge, { 'fail-on': 'loss' })
    assert.deepEqual([code, stdout], [1, 'created a comment\n'])
  } finally {
    await forge.close()
  }
})

test('the action goes on in a job of a fork, which cannot comment, with the report', async () => {
  const forge = await startForge({ isReadOnly: true })
  try {
    const { code, stderr, outputs } = await review(forge)
    assert.equal(code, 0)
    assert.match(stderr, /^error: TOKEN must be allowed to POST .*, got 403;/)
    assert.doesNotMatch(stderr, /s3cret/)
    assert.ok(readFileSync(String(outputs.report), 'utf8').startsWith(SUMMARY))
  } finally {
    await forge.close()
  }
})

test('the action fails without a comment when there is nothing to compare with', async () => {
  const forge = await startForge()
  try {
    const { code, stderr } = await review(forge, { base: 'HEAD~7' })
    assert.deepEqual([code, stderr], [1, '.: error: must be in a Git repository that has the revision "HEAD~7"\n'])
    assert.deepEqual(forge.comments, [])
  } finally {
    await forge.close()
  }
})
