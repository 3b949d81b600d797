import assert from 'node:assert/strict'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { parse } from 'yaml'
import { examplePath } from '../examples/example-names.ts'
import { runProgram } from '../harness/servers/run-program.ts'
import { folder, path, pullRequest, ROOT } from './checkout.ts'
import { type Forge, startForge } from './forge.ts'

const read = (file: string) => parse(readFileSync(join(examplePath('ci'), file), 'utf8'), { logLevel: 'silent' })

function bash(script: string, cwd: string, env: Readonly<Record<string, string>>) {
  return runProgram('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script], {
    cwd,
    env: { PATH: path, ...env },
  })
}

/** The job of gitlab-ci.yml, with this clone where it would make one. */
async function mergeRequest(forge: Forge, env: Readonly<Record<string, string>>) {
  const { variables, script } = read('gitlab-ci.yml')['review-builders']
  const cwd = pullRequest()
  const gitlab = {
    CI_API_V4_URL: forge.url,
    CI_PROJECT_ID: '5',
    CI_MERGE_REQUEST_IID: '8',
    CI_MERGE_REQUEST_DIFF_BASE_SHA: 'HEAD^1',
  }
  const job = script.join('\n').replaceAll('/opt/buildkit-gitops', ROOT)
  return bash(job, cwd, { ...variables, PACKAGE: '.', GIT_DEPTH: '0', ...gitlab, ...env })
}

test('the job of GitLab comments on a merge request', async () => {
  const forge = await startForge({ userId: 3 })
  try {
    const { code, stdout, stderr } = await mergeRequest(forge, { COMMENT_TOKEN: 's3cret' })
    assert.deepEqual({ code, stdout, stderr }, { code: 0, stdout: 'created a comment\n', stderr: '' })
    assert.deepEqual(forge.changes, ['POST /projects/5/merge_requests/8/notes s3cret'])
  } finally {
    await forge.close()
  }
})

test('the job of GitLab passes without a token, as in a fork', async () => {
  const forge = await startForge()
  try {
    assert.deepEqual(await mergeRequest(forge, {}), { code: 0, stdout: '', stderr: '' })
    assert.deepEqual(forge.changes, [])
  } finally {
    await forge.close()
  }
})

/** Runs the last step of github-review-forks.yaml, where `gh` answers with this number of a pull request. */
async function reviewOfFork(forge: Forge, pullRequestNumber: string) {
  const cwd = mkdtempSync(join(folder, 'fork-'))
  mkdirSync(join(cwd, 'report'))
  writeFileSync(join(cwd, 'report/render-buildkit-diff.md'), 'the report of a fork')
  writeFileSync(
    join(cwd, 'gh'),
    `#!/bin/sh\nprintf '%s\\n' "$@" >${cwd}/asked\n${pullRequestNumber && `echo ${pullRequestNumber}`}\n`,
  )
  chmodSync(join(cwd, 'gh'), 0o755)
  const { env, run } = read('github-review-forks.yaml').jobs.comment.steps.at(-1)
  const github = {
    GITHUB_API_URL: forge.url,
    GITHUB_REPOSITORY: 'team/builders',
    TOKEN: 's3cret',
    HEAD: 'them:fix',
    COMMIT: 'abc',
  }
  const script = run.replaceAll('config/review', join(ROOT, 'config/review'))
  const outcome = await bash(script, cwd, { ...env, ...github, PATH: `${cwd}:${path}` })
  return { ...outcome, asked: readFileSync(join(cwd, 'asked'), 'utf8') }
}

test('the report of a fork goes to the pull request that GitHub names', async () => {
  const forge = await startForge()
  try {
    const { code, stdout, asked } = await reviewOfFork(forge, '12')
    assert.deepEqual([code, stdout], [0, 'created a comment\n'])
    assert.match(asked, /^repos\/team\/builders\/pulls$[\s\S]*^head=them:fix$[\s\S]*\.head\.sha == "abc"/m)
    assert.deepEqual(forge.changes, ['POST /repos/team/builders/issues/12/comments Bearer s3cret'])
  } finally {
    await forge.close()
  }
})

test('the report of a commit that no pull request has any more is dropped', async () => {
  const forge = await startForge()
  try {
    const { code, stdout } = await reviewOfFork(forge, '')
    assert.deepEqual([code, stdout], [0, 'the pull request has changed or is closed\n'])
    assert.deepEqual(forge.changes, [])
  } finally {
    await forge.close()
  }
})
