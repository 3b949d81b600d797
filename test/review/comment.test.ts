import assert from 'node:assert/strict'
import { test } from 'node:test'
import { comment, HEAD, MARK } from './comment-script.ts'
import { JOB, startForge } from './forge.ts'

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
      assert.deepEqual(forge.comments, [{ id: 1, body: `${HEAD}\ntwo`, user: JOB }])
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
        forge.comments.push({ id, body: `${MARK}\nforged`, user: { id: 1, login: 'somebody', type: 'User' } })
      await comment(forge, 'one')
      await comment(forge, 'two')
      assert.deepEqual(new Set(forge.comments.slice(0, 150).map(({ body }) => body)), new Set([`${MARK}\nforged`]))
      assert.deepEqual(
        forge.comments.slice(150).map(({ body }) => body),
        [`${HEAD}\ntwo`],
      )
    } finally {
      await forge.close()
    }
  },

  'leaves the comments of other bots, and of other apps': async () => {
    const forge = await startForge()
    const user = { id: 8, login: 'reviewer[bot]', type: 'Bot' } as const
    try {
      forge.comments.push({ id: 1, body: null, user: JOB }, { id: 2, body: `${MARK}\nquoted`, user })
      await comment(forge, 'one')
      await comment(forge, 'of the app', { AUTHOR: 'reviewer[bot]' })
      assert.deepEqual(forge.comments, [
        { id: 1, body: null, user: JOB },
        { id: 2, body: `${HEAD}\nof the app`, user },
        { id: 3, body: `${HEAD}\none`, user: JOB },
      ])
    } finally {
      await forge.close()
    }
  },

  'replaces the comment, but creates none, when there is no report': async () => {
    const forge = await startForge()
    const failed = { FAILED_JOB: 'https://example.com/job/7', COMMIT: '0123abc', REPORT: '' }
    try {
      assert.deepEqual(await comment(forge, '', failed), {
        code: 0,
        stdout: 'there is no comment to update\n',
        stderr: '',
      })
      await comment(forge, 'one')
      assert.equal((await comment(forge, '', failed)).stdout, 'updated the comment\n')
      const sentence = '`builders` could not be compared in commit 0123abc: see [the job](https://example.com/job/7).'
      assert.deepEqual(forge.comments, [{ id: 1, body: `${MARK}\n${sentence}\n`, user: JOB }])
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
        [
          '<!-- render-buildkit diff: a%20%2D%2D%3E%20%3Cb%3E -->\nBuilders in `a --> <b>`:\n\none',
          '<!-- render-buildkit diff: a -->\nBuilders in `a`:\n\ntwo',
        ],
      )
    } finally {
      await forge.close()
    }
  },

  'says in its first line which package and which commit it is about': async () => {
    const forge = await startForge()
    const COMMIT = '0123456789abcdef0123456789abcdef01234567'
    try {
      await comment(forge, 'one', { COMMIT })
      await comment(forge, 'two', { COMMIT, PACKAGE: '`a`\n@all' })
      assert.deepEqual(
        forge.comments.map(({ body }) => String(body).split('\n').slice(1)),
        [
          ['Builders in `builders`, commit 0123456:', '', 'one'],
          ['Builders in `` `a` @all ``, commit 0123456:', '', 'two'],
        ],
      )
      assert.equal(
        (await comment(forge, 'one', { COMMIT: '$(id)' })).stderr,
        'error: COMMIT must be the hash of a commit, got "$(id)"\n',
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
}

for (const [name, scenario] of Object.entries(scenarios)) test(`the job ${name}`, scenario)
