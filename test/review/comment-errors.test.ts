import assert from 'node:assert/strict'
import { mkdtempSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { comment, folder, HEAD } from './comment-script.ts'
import { type Forge, JOB, startForge } from './forge.ts'

const COMMENTS = '/repos/team/builders/issues/12/comments'

async function withForge(forge: Forge, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } finally {
    await forge.close()
  }
}

/** What the variables of a job may have that ends in one line, without a request that changes anything. */
const mistakes: Readonly<Record<string, readonly [Readonly<Record<string, string>>, string]>> = {
  'no pull request': [{ PULL_REQUEST: '12/../13' }, 'PULL_REQUEST must be a number, got "12/../13"'],
  'no token': [{ TOKEN: ' \n' }, 'TOKEN must be set'],
  'a token that no header can have': [
    { TOKEN: 'ghp_SECRET\nabc' },
    'TOKEN must be printable ASCII characters without spaces',
  ],
  'a token that is not ASCII': [{ TOKEN: 'ghp_SECRÉT' }, 'TOKEN must be printable ASCII characters without spaces'],
  'an API that is no address': [
    { GITHUB_API_URL: 'api.github.com' },
    'GITHUB_API_URL must be an address, got "api.github.com"',
  ],
  'no file': [{ REPORT: '/missing.md' }, 'REPORT must be a file that exists'],
  'a folder': [{ REPORT: folder }, 'REPORT must be a regular file'],
  'a package that no name has': [
    { PACKAGE: '' },
    'PACKAGE must be set, or be in the name of REPORT as in render-buildkit-diff-PACKAGE.md',
  ],
  'a link that Markdown ends early': [
    { FAILED_JOB: 'https://example.com/)![](https://example.com/x' },
    'FAILED_JOB must be an address, got "https://example.com/)![](https://example.com/x"',
  ],
}

test('a mistake in the variables of a job is one line, which never has the token', async () => {
  const forge = await startForge()
  await withForge(forge, async () => {
    for (const [name, [env, message]] of Object.entries(mistakes))
      assert.deepEqual(await comment(forge, 'one', env), { code: 1, stdout: '', stderr: `error: ${message}\n` }, name)
    assert.deepEqual(forge.changes, [])
  })
})

test('a report must be a file of its own with text, of a size that a comment can have', async () => {
  const forge = await startForge()
  const others = mkdtempSync(join(folder, 'others-'))
  symlinkSync('/etc/passwd', join(others, 'link.md'))
  writeFileSync(join(others, 'large.md'), 'x'.repeat(262_145))
  await withForge(forge, async () => {
    const errors = [
      await comment(forge, ''),
      await comment(forge, 'one', { REPORT: join(others, 'link.md') }),
      await comment(forge, 'one', { REPORT: join(others, 'large.md') }),
    ].map(({ code, stderr }) => [code, stderr])
    assert.deepEqual(errors, [
      [1, 'error: REPORT must have a report, got an empty file\n'],
      [1, 'error: REPORT must be a regular file\n'],
      [1, 'error: REPORT must be at most 262144 bytes, got 262145\n'],
    ])
    assert.deepEqual(forge.comments, [])
  })
})

test('a token may have a line break at its end, as in a file', async () => {
  const forge = await startForge()
  await withForge(forge, async () => {
    assert.equal((await comment(forge, 'one', { TOKEN: 's3cret\n' })).code, 0)
    assert.deepEqual(forge.changes, [`POST ${COMMENTS} Bearer s3cret`])
  })
})

const refusal =
  '; a job needs the permission `pull-requests: write`, and the job of a fork never has it, see docs/engines/ci.md'

test('a job that may not comment ends with 3, and with both possible causes', async () => {
  const forge = await startForge({ isReadOnly: true })
  await withForge(forge, async () => {
    const stderr = `error: TOKEN must be allowed to POST ${COMMENTS}, got 403${refusal}\n`
    assert.deepEqual(await comment(forge, 'one'), { code: 3, stdout: '', stderr })
  })
})

test('a trouble that passes is tried again: of the API, of the network, and a rate limit of some seconds', async () => {
  const troubles: Forge['failures'][] = [
    [
      [502, {}],
      [503, {}],
    ],
    [undefined, [429, {}, { 'retry-after': '1' }]],
    [[403, {}, { 'retry-after': '1' }]],
  ]
  for (const failures of troubles) {
    const forge = await startForge({ userId: 3 })
    forge.failures.push([200, { id: 3 }], ...failures)
    await withForge(forge, async () => {
      assert.deepEqual(await comment(forge, 'one'), { code: 0, stdout: 'created a comment\n', stderr: '' })
    })
  }
})

test('a comment that was created although its answer was lost is not created again', async () => {
  const forge = await startForge()
  forge.failures.push([403, {}], [200, []], [504, {}])
  await withForge(forge, async () => {
    forge.comments.push({ id: 1, body: `${HEAD}\none`, user: JOB })
    assert.equal((await comment(forge, 'one')).stdout, 'the comment is up to date\n')
    assert.deepEqual(forge.changes, [])
  })
})

const HTML = { 'content-type': 'text/html' }

/** Answers that trying again does not change, and the one line that each gives. */
const answers: readonly (readonly [Forge['failures'], string])[] = [
  [[[401, {}]], 'TOKEN must be valid, got 401 for GET /user'],
  [[[403, {}, { 'x-ratelimit-remaining': '0' }]], 'GET /user must be within the rate limit, got 403'],
  [[[429, {}, { 'retry-after': '3600' }]], 'GET /user must be within the rate limit, got 429'],
  [[[302, {}, { location: '/other' }]], 'GET /user must answer without a redirect, got 302'],
  [[[200, '<html>', HTML]], 'GET /user must answer with JSON, got "text/html"'],
  [[[200, null]], 'GET /user must answer with a user that has an id'],
  [
    [
      [403, {}],
      [200, { message: 'no' }],
    ],
    `GET ${COMMENTS} must answer with a list`,
  ],
  [
    [
      [403, {}],
      [200, [null]],
      [422, {}],
    ],
    `POST ${COMMENTS} must succeed, got 422`,
  ],
]

test('an answer that is not what the API promises is one line, and is not asked for again', async () => {
  for (const [failures, message] of answers) {
    const forge = await startForge()
    forge.failures.push(...failures)
    await withForge(forge, async () => {
      const outcome = await comment(forge, 'one')
      assert.deepEqual(outcome, { code: 1, stdout: '', stderr: `error: ${message}\n` })
      assert.deepEqual([forge.failures, forge.comments], [[], []])
    })
  }
})

test('the job gives up after three times, and whoever cannot be asked for is not taken for a job', async () => {
  const forge = await startForge()
  forge.failures.push([500, {}], [500, {}], [500, {}])
  await withForge(forge, async () => {
    const stderr = 'error: GET /user must succeed, got 500\n'
    assert.deepEqual(await comment(forge, 'one'), { code: 1, stdout: '', stderr })
    assert.deepEqual(forge.changes, [])
  })
})
