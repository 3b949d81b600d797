import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pullRequest, ROOT } from './checkout.ts'
import { type Forge, startForge } from './forge.ts'
import { bash, read } from './job-script.ts'

/** The job of gitlab-ci.yml, with this clone where it would make one, and what it gives to diff beside its own arguments. */
async function mergeRequest(forge: Forge, env: Readonly<Record<string, string>>, options = '') {
  const { variables, script } = read('gitlab-ci.yml')['review-builders']
  const cwd = pullRequest()
  const gitlab = {
    CI_API_V4_URL: forge.url,
    CI_PROJECT_ID: '5',
    CI_MERGE_REQUEST_IID: '8',
    CI_MERGE_REQUEST_DIFF_BASE_SHA: 'HEAD^1',
    CI_JOB_URL: 'https://gitlab.com/jobs/7',
    CI_COMMIT_SHA: '0123abc',
  }
  const job = script.join('\n').replaceAll('/opt/buildkit-gitops', ROOT).replace(' --output', `${options} --output`)
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

test('the job of GitLab fails on what diff fails on, after the comment', async () => {
  const forge = await startForge({ userId: 3 })
  try {
    const { code, stdout } = await mergeRequest(forge, { COMMENT_TOKEN: 's3cret' }, ' --fail-on loss')
    assert.deepEqual([code, stdout], [1, 'created a comment\n'])
  } finally {
    await forge.close()
  }
})

test('the job of GitLab compares merged results with the target branch in them', async () => {
  const forge = await startForge({ userId: 3 })
  try {
    const merged = { CI_MERGE_REQUEST_TARGET_BRANCH_SHA: 'HEAD', CI_MERGE_REQUEST_DIFF_BASE_SHA: 'HEAD^1' }
    assert.equal((await mergeRequest(forge, { COMMENT_TOKEN: 's3cret', ...merged })).code, 0)
    assert.match(String(forge.comments[0]?.body), /\n\*\*No builder rolls\.\*\*\n/)
  } finally {
    await forge.close()
  }
})

test('the job of GitLab replaces the comment of an earlier commit when there is nothing to compare with', async () => {
  const forge = await startForge({ userId: 3 })
  try {
    await mergeRequest(forge, { COMMENT_TOKEN: 's3cret' })
    const missing = { COMMENT_TOKEN: 's3cret', CI_MERGE_REQUEST_DIFF_BASE_SHA: 'HEAD~7' }
    const { code, stdout } = await mergeRequest(forge, missing)
    assert.deepEqual([code, stdout], [1, 'updated the comment\n'])
    const sentence = '`.` could not be compared in commit 0123abc: see [the job](https://gitlab.com/jobs/7).'
    assert.deepEqual(
      forge.comments.map(({ body }) => body),
      [`<!-- render-buildkit diff: . -->\n${sentence}\n`],
    )
  } finally {
    await forge.close()
  }
})
