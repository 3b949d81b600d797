import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { after, test } from 'node:test'
import { runProgram } from '../harness/servers/run-program.ts'
import { type Forge, startForge } from './forge.ts'

const SCRIPT = join(import.meta.dirname, '../../config/review/comment.mjs')
const MARK = '<!-- render-buildkit diff: builders -->'
const folder = mkdtempSync(join(tmpdir(), 'comment-'))
after(() => rmSync(folder, { recursive: true }))

/** Comments as a job of GitHub does. */
function comment({ url }: Forge, report: string, env: Readonly<Record<string, string>> = {}) {
  writeFileSync(join(folder, 'report.md'), report)
  const github = { GITHUB_API_URL: url, GITHUB_REPOSITORY: 'team/builders', PULL_REQUEST: '12' }
  const job = { REPORT: join(folder, 'report.md'), PACKAGE: 'builders', TOKEN: 's3cret', ...github, ...env }
  return runProgram(process.execPath, [SCRIPT], { env: job })
}

const scenarios: Readonly<Record<string, () => Promise<void>>> = {
  'creates one comment, and replaces it when the report changes': async () => {
    const forge = await startForge()
    try {
      const runs = [await comment(forge, 'one'), await comment(forge, 'one'), await comment(forge, 'two')]
      assert.deepEqual(runs, [
        { code: 0, stdout: 'created a comment\n', stderr: '' },
        { code: 0, stdout: 'the comment is up to date\n', stderr: '' },
        { code: 0, stdout: 'updated the comment\n', stderr: '' },
      ])
      assert.deepEqual(forge.comments, [{ id: 1, body: `${MARK}\ntwo`, user: { id: 7, type: 'Bot' } }])
      assert.deepEqual(forge.changes, [
        'POST /repos/team/builders/issues/12/comments Bearer s3cret',
        'PATCH /repos/team/builders/issues/comments/1 Bearer s3cret',
      ])
    } finally {
      await forge.close()
    }
  },

  'leaves comments of others, also those that look like its own, and finds its own behind many': async () => {
    const forge = await startForge()
    try {
      for (let id = 1; id <= 150; id++)
        forge.comments.push({ id, body: `${MARK}\nforged`, user: { id: 1, type: 'User' } })
      await comment(forge, 'one')
      await comment(forge, 'two')
      assert.deepEqual(new Set(forge.comments.slice(0, 150).map(({ body }) => body)), new Set([`${MARK}\nforged`]))
      assert.deepEqual(
        forge.comments.slice(150).map(({ body }) => body),
        [`${MARK}\ntwo`],
      )
    } finally {
      await forge.close()
    }
  },

  'has a comment of its own for each package, whatever its name': async () => {
    const forge = await startForge()
    try {
      await comment(forge, 'one', { PACKAGE: 'a --> <b>' })
      await comment(forge, 'two', { PACKAGE: 'a' })
      assert.deepEqual(
        forge.comments.map(({ body }) => body),
        ['<!-- render-buildkit diff: a%20%2D%2D%3E%20%3Cb%3E -->\none', '<!-- render-buildkit diff: a -->\ntwo'],
      )
    } finally {
      await forge.close()
    }
  },

  'comments on a merge request of GitLab': async () => {
    const forge = await startForge({ userId: 3 })
    try {
      const gitlab = {
        ...{ GITHUB_API_URL: '', CI_API_V4_URL: forge.url, CI_PROJECT_ID: '5', CI_MERGE_REQUEST_IID: '8' },
      }
      await comment(forge, 'one', gitlab)
      await comment(forge, 'two', gitlab)
      assert.deepEqual(forge.changes, [
        'POST /projects/5/merge_requests/8/notes s3cret',
        'PUT /projects/5/merge_requests/8/notes/1 s3cret',
      ])
    } finally {
      await forge.close()
    }
  },

  'tries again when the API is in trouble': async () => {
    const forge = await startForge({ userId: 3 })
    forge.failures.push(502, 503)
    try {
      assert.equal((await comment(forge, 'one')).stdout, 'created a comment\n')
    } finally {
      await forge.close()
    }
  },

  'says in one line, without the token, what a job of a fork may not do': async () => {
    const forge = await startForge({ isReadOnly: true })
    try {
      assert.deepEqual(await comment(forge, 'one'), {
        code: 3,
        stdout: '',
        stderr:
          'error: TOKEN must be allowed to POST /repos/team/builders/issues/12/comments, got 403; a job of a fork is not, see docs/engines/ci.md\n',
      })
    } finally {
      await forge.close()
    }
  },

  'says in one line what is missing': async () => {
    const forge = await startForge()
    try {
      const { code, stderr } = await comment(forge, 'one', { PULL_REQUEST: '12/../13' })
      assert.deepEqual([code, stderr], [1, 'error: PULL_REQUEST must be a number, got "12/../13"\n'])
    } finally {
      await forge.close()
    }
  },
}

for (const [name, scenario] of Object.entries(scenarios)) test(`the job ${name}`, scenario)
