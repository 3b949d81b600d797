import assert from 'node:assert/strict'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { folder, path, ROOT } from './checkout.ts'
import { type Forge, startForge } from './forge.ts'
import { bash, read } from './job-script.ts'

const REPORTS = { 'render-buildkit-diff-builders.md': 'the report of a fork' }

interface Fork {
  /** The files of its artifact. */
  readonly reports?: Readonly<Record<string, string>>
  readonly links?: Readonly<Record<string, string>>
  /** What GitHub answers for its commit. */
  readonly pullRequest?: string
}

/** Runs the last step of github-review-forks.yaml. */
async function reviewOfFork(forge: Forge, { reports = REPORTS, links = {}, pullRequest = '12' }: Fork = {}) {
  const cwd = mkdtempSync(join(folder, 'fork-'))
  mkdirSync(join(cwd, 'report'))
  for (const [name, report] of Object.entries(reports)) writeFileSync(join(cwd, 'report', name), report)
  for (const [name, target] of Object.entries(links)) symlinkSync(target, join(cwd, 'report', name))
  const gh = `#!/bin/sh\nprintf '%s\\n' "$@" >${cwd}/asked\n${pullRequest && `echo ${pullRequest}`}\n`
  writeFileSync(join(cwd, 'gh'), gh)
  chmodSync(join(cwd, 'gh'), 0o755)
  const { env, run } = read('github-review-forks.yaml').jobs.comment.steps.at(-1)
  const github = {
    GITHUB_API_URL: forge.url,
    GITHUB_REPOSITORY: 'team/builders',
    TOKEN: 's3cret',
    HEAD: 'them:fix',
    COMMIT: '0123abc',
    JOB: 'https://github.com/team/builders/actions/runs/7',
  }
  const script = run.replaceAll('config/review', join(ROOT, 'config/review'))
  const outcome = await bash(script, cwd, { ...env, ...github, PATH: `${cwd}:${path}` })
  return { ...outcome, asked: readFileSync(join(cwd, 'asked'), 'utf8') }
}

const scenarios: Readonly<Record<string, (forge: Forge) => Promise<void>>> = {
  'the report of a fork goes to the pull request that GitHub names': async (forge) => {
    const { code, stdout, asked } = await reviewOfFork(forge)
    assert.deepEqual([code, stdout], [0, 'created a comment\n'])
    assert.match(asked, /^repos\/team\/builders\/pulls$[\s\S]*^head=them:fix$[\s\S]*\.head\.sha == "0123abc"/m)
    assert.deepEqual(forge.changes, ['POST /repos/team/builders/issues/12/comments Bearer s3cret'])
  },

  'the report of a commit that no pull request has any more is dropped': async (forge) => {
    const { code, stdout } = await reviewOfFork(forge, { pullRequest: '' })
    assert.deepEqual([code, stdout], [0, 'the pull request has changed or is closed\n'])
    assert.deepEqual(forge.changes, [])
  },

  'each package of a fork has a comment, whatever its name': async (forge) => {
    const reports = {
      'render-buildkit-diff-a%2Fb.md': 'one',
      'render-buildkit-diff-%2D%2D%3E @all %60.md': 'two',
    }
    assert.equal((await reviewOfFork(forge, { reports })).code, 0)
    assert.deepEqual(
      new Set(forge.comments.map(({ body }) => body)),
      new Set([
        '<!-- render-buildkit diff: a%2Fb -->\nBuilders in `a/b`, commit 0123abc:\n\none',
        '<!-- render-buildkit diff: %2D%2D%3E%20%40all%20%60 -->\nBuilders in `` --> @all ` ``, commit 0123abc:\n\ntwo',
      ]),
    )
  },

  'a package of a fork that could not be compared replaces its comment, and creates none': async (forge) => {
    const reports = { 'render-buildkit-diff-builders.md': '' }
    assert.equal((await reviewOfFork(forge, { reports })).stdout, 'there is no comment to update\n')
    await reviewOfFork(forge)
    await reviewOfFork(forge, { reports })
    assert.deepEqual(
      forge.comments.map(({ body }) => body),
      [
        '<!-- render-buildkit diff: builders -->\n`builders` could not be compared in commit 0123abc: see [the job](https://github.com/team/builders/actions/runs/7).\n',
      ],
    )
  },

  'what is no report fails the job, and the other reports are written': async (forge) => {
    const links = { 'render-buildkit-diff-a.md': '/etc/passwd' }
    const reports = { ...REPORTS, 'render-buildkit-diff-%.md': 'broken', 'render-buildkit-diff-z.md': ' \n' }
    const { code, stderr } = await reviewOfFork(forge, { links, reports })
    assert.deepEqual(
      [code, stderr.split('\n').sort()],
      [
        1,
        [
          '',
          'error: PACKAGE must be set, or be in the name of REPORT as in render-buildkit-diff-PACKAGE.md',
          'error: REPORT must have a report, got an empty file',
          'error: a report must be a regular file',
        ],
      ],
    )
    assert.deepEqual(
      forge.comments.map(({ body }) => body),
      ['<!-- render-buildkit diff: builders -->\nBuilders in `builders`, commit 0123abc:\n\nthe report of a fork'],
    )
  },

  'a fork cannot have any number of comments': async (forge) => {
    const names = Array.from({ length: 21 }, (_, index) => [`render-buildkit-diff-${index}.md`, 'one'])
    const { code, stderr } = await reviewOfFork(forge, { reports: Object.fromEntries(names) })
    assert.deepEqual([code, stderr], [1, 'error: must be at most 20 reports, got 21\n'])
    assert.deepEqual(forge.changes, [])
  },
}

for (const [name, scenario] of Object.entries(scenarios))
  test(name, async () => {
    const forge = await startForge()
    try {
      await scenario(forge)
    } finally {
      await forge.close()
    }
  })
