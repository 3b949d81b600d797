import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { test } from 'node:test'
import { runAction } from '../clients/run-action.ts'
import { runProgram } from '../harness/servers/run-program.ts'
import { folder, path, pullRequest, ROOT } from './checkout.ts'
import { type Forge, startForge } from './forge.ts'

const PATH = join(ROOT, 'config/review')

/** The repository of the branch that a pull request merges. */
const OWN = 'team/builders'
const FORK = 'them/builders'
const COMMIT = '0123abc'

async function review(forge: Forge, given: Readonly<Record<string, string>> = {}, head = OWN) {
  const cwd = pullRequest()
  const job = {
    PATH: path,
    GITHUB_API_URL: forge.url,
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_RUN_ID: '77',
  }
  const runner = {
    folder,
    bash: (args: readonly string[], env: Readonly<Record<string, string>>) =>
      runProgram('bash', args, { cwd, env: { ...job, ...env } }),
  }
  const github = {
    'github.repository': 'team/builders',
    'github.token': 's3cret',
    'github.event.pull_request.number': '12',
    'github.event.pull_request.head.sha': COMMIT,
    'github.event.pull_request.head.repo.full_name': head,
  }
  return runAction(runner, given, { path: PATH, github })
}

const SUMMARY = '**1 of 1 builder rolls. 1 builder loses its cache, up to 93.1 GiB.**'

test('the action comments on a pull request, and gives the report to later steps', async () => {
  const forge = await startForge()
  try {
    const { code, stdout, stderr, outputs } = await review(forge)
    assert.deepEqual({ code, stdout, stderr }, { code: 0, stdout: 'created a comment\n', stderr: '' })
    const report = readFileSync(String(outputs.report), 'utf8')
    assert.deepEqual(
      forge.comments.map(({ body }) => body),
      [`<!-- render-buildkit diff: . -->\nBuilders in \`.\`, commit 0123abc:\n\n${report}`],
    )
    assert.ok(report.startsWith(SUMMARY), report)
  } finally {
    await forge.close()
  }
})

test('the action fails on what it is asked to fail on, after the comment, and says why in its log', async () => {
  const forge = await startForge()
  try {
    const { code, stdout, stderr } = await review(forge, { 'fail-on': 'loss' })
    const reason = 'error: 1 builder loses its cache, and --fail-on has "loss"\n'
    assert.deepEqual([code, stdout, stderr], [1, 'created a comment\n', reason])
  } finally {
    await forge.close()
  }
})

test('the action goes on in a job of a fork, which cannot comment, with the report', async () => {
  const forge = await startForge({ isReadOnly: true })
  try {
    const { code, stderr, outputs } = await review(forge, {}, FORK)
    assert.equal(code, 0)
    assert.match(stderr, /^error: TOKEN must be allowed to POST .*, got 403;/)
    assert.doesNotMatch(stderr, /s3cret/)
    assert.ok(readFileSync(String(outputs.report), 'utf8').startsWith(SUMMARY))
  } finally {
    await forge.close()
  }
})

test('the action fails if a job of the repository itself cannot comment, or the API limits a fork', async () => {
  const forges = [await startForge({ isReadOnly: true }), await startForge()] as const
  forges[1].failures.push([403, {}, { 'x-ratelimit-remaining': '0' }])
  try {
    const own = await review(forges[0])
    assert.deepEqual([own.code, own.stderr.match(/got \d+; .*`pull-requests: write`/)?.length], [3, 1])
    assert.equal((await review(forges[1], {}, FORK)).code, 1)
  } finally {
    for (const forge of forges) await forge.close()
  }
})

test('the action replaces the comment of an earlier commit when there is nothing to compare with', async () => {
  const forge = await startForge()
  try {
    const missing = { base: 'HEAD~7' }
    const error = '.: error: must be in a Git repository that has the revision "HEAD~7"\n'
    const { code, stdout, stderr } = await review(forge, missing)
    assert.deepEqual([code, stdout, stderr], [1, 'there is no comment to update\n', error])
    await review(forge)
    assert.equal((await review(forge, missing)).stdout, 'updated the comment\n')
    const job = 'https://github.com/team/builders/actions/runs/77'
    assert.deepEqual(
      forge.comments.map(({ body }) => body),
      [`<!-- render-buildkit diff: . -->\n\`.\` could not be compared in commit ${COMMIT}: see [the job](${job}).\n`],
    )
  } finally {
    await forge.close()
  }
})

test('the action comments unless it is asked not to, however that is spelled, and has no other answer', async () => {
  const forge = await startForge()
  try {
    assert.deepEqual((await review(forge, { comment: 'False' })).stdout, '')
    const { code, stderr } = await review(forge, { comment: 'no' })
    assert.deepEqual([code, stderr], [1, 'error: comment must be true or false, got "no"\n'])
    assert.deepEqual(forge.comments, [])
    assert.equal((await review(forge, { comment: 'TRUE' })).stdout, 'created a comment\n')
  } finally {
    await forge.close()
  }
})

test('the report of each package has a file of its own', async () => {
  const forge = await startForge()
  try {
    for (const [given, name] of Object.entries({ '.': '.', './builders.yaml': '.%2Fbuilders.yaml' })) {
      const { outputs } = await review(forge, { path: given })
      const report = String(outputs.report)
      assert.deepEqual(report.split('/').slice(-2), ['render-buildkit-diff', `render-buildkit-diff-${name}.md`])
      assert.ok(readFileSync(report, 'utf8').startsWith(SUMMARY))
    }
    assert.equal(forge.comments.length, 2)
  } finally {
    await forge.close()
  }
})

test('the name of a file with a report has only characters that an artifact allows in it', async () => {
  const script = join(PATH, 'file-name.mjs')
  const { stdout } = await runProgram(process.execPath, [script, `a/b*?":<>|\\\r\n--> é`])
  assert.equal(stdout, 'render-buildkit-diff-a%2Fb%2A%3F%22%3A%3C%3E%7C%5C%0D%0A%2D%2D%3E%20%C3%A9.md')
})
