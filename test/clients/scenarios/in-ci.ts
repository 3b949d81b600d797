import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Runner, runAction } from '../run-action.ts'
import { runGitlabJob } from '../run-gitlab.ts'
import { type Job, REFUSED, type Scenario } from '../stage.ts'

const BUILDKITS = { buildkits: 'shop secure=linux/arm64', namespace: 'builders', 'tls-secret': 'ci-client' }
const SCRIPT = ['docker buildx build .']

function runnerOf({ folder, bash }: Job): Runner {
  return { folder, bash: (args, env) => bash(args, env) }
}

export const inCi: Readonly<Record<string, Scenario>> = {
  'GitHub: the action makes a builder of the name of the runner, and tells steps and outputs': async (stage) => {
    const job = await stage.job()
    const { code, stderr, env, outputs } = await runAction(runnerOf(job), BUILDKITS)
    assert.equal(code, 0, stderr)
    assert.deepEqual([env, outputs], [{ BUILDX_BUILDER: 'buildkit-runner-7' }, { builder: 'buildkit-runner-7' }])
    assert.match((await job.calls()).join('\n'), / --name buildkit-runner-7 .* --platform linux\/arm64 .*\/temp-/)
  },

  'GitHub: the action passes on every input, and fails as the script does': async (stage) => {
    const job = await stage.job(Array(9).fill(REFUSED))
    const { code, stderr, env } = await runAction(runnerOf(job), { ...BUILDKITS, builder: 'mine', timeout: '1' })
    assert.equal(code, 1)
    assert.match(stderr, /builder "mine" must answer within 1 seconds/)
    assert.deepEqual(env, {})
  },

  'GitLab: a job connects, builds, and leaves nothing behind': async (stage) => {
    const job = await stage.job()
    const built = await runGitlabJob(runnerOf(job), BUILDKITS, { extends: '.buildkit', script: SCRIPT })
    assert.equal(built.code, 0, built.stderr)
    assert.equal(built.after.code, 0, built.after.stderr)
    const name = `buildkit-${process.pid}`
    assert.deepEqual((await job.calls()).slice(-2), ['buildx build .', `buildx rm ${name}`])
    assert.ok(!existsSync(join('/tmp', name)))
  },

  'GitLab: a job that cannot connect does not build, and leaves nothing behind': async (stage) => {
    const job = await stage.job(Array(9).fill('x509: certificate has expired'))
    const built = await runGitlabJob(runnerOf(job), BUILDKITS, { extends: '.buildkit', script: SCRIPT })
    assert.equal(built.code, 1)
    assert.match(built.stderr, /error: x509: certificate has expired; check that/)
    assert.equal(built.after.code, 0, built.after.stderr)
    assert.ok(!(await readFile(join(job.folder, 'calls'), 'utf8')).includes('build .'))
    assert.ok(!existsSync(join('/tmp', `buildkit-${process.pid}`)))
  },
}
