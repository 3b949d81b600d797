import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'yaml'
import { snippetsIn } from '../../house/snippets/snippets-in.ts'
import { addressOf, statusOf } from '../replicas.ts'
import { runAction } from '../run-action.ts'
import { runGitlabJob } from '../run-gitlab.ts'
import { ROOT, type Scenario } from '../stage.ts'

/** The replica of the repository in which the stand-ins for the runners of GitHub and GitLab run their jobs. */
const OF_REPOSITORY = 1

async function matrix(): Promise<string> {
  const page = snippetsIn(await readFile(join(ROOT, 'docs/connect.md'), 'utf8'))
  return String(page.find(({ text }) => text.includes('matrix:'))?.text)
}

const inputs = { buildkits: 'many', namespace: 'builders', replicas: 'by-key' }
const BUILD = { extends: '.buildkit', script: ['cp "$DOCKER_STAGE/nodes" "$DOCKER_STAGE/built"'] }

export const severalPodsInCi: Readonly<Record<string, Scenario>> = {
  'GitHub and GitLab: the key is the repository unless it is given': async (stage) => {
    await stage.report('many', statusOf([0, 1, 2]))
    for (const [given, wanted] of [
      [{}, OF_REPOSITORY],
      [{ 'replica-key': 'acme/api' }, 2],
    ] as const) {
      const job = await stage.job()
      const { code, stderr } = await runAction(job, { ...inputs, ...given })
      assert.equal(code, 0, stderr)
      assert.equal(await readFile(join(job.folder, 'nodes'), 'utf8'), `${addressOf(wanted)}\n`)
      const built = await runGitlabJob(job, { ...inputs, ...given }, BUILD)
      assert.equal(built.code, 0, built.stderr)
      assert.equal(await readFile(join(job.folder, 'built'), 'utf8'), `${addressOf(wanted)}\n`)
    }
  },

  'GitHub: the matrix of docs/connect.md has a key for each job': async (stage) => {
    await stage.report('shop-amd64', statusOf([0, 1, 2]))
    const [use] = parse(await matrix()).jobs.images.steps
    const replicas = ['api', 'web', 'worker'].map(async (image) => {
      const job = await stage.job()
      const github = { 'github.repository': 'acme/shop', 'matrix.image': image }
      const { code, stderr } = await runAction(job, use.with, { github })
      assert.equal(code, 0, stderr)
      return readFile(join(job.folder, 'nodes'), 'utf8')
    })
    assert.deepEqual(
      await Promise.all(replicas),
      [2, 2, 0].map((replica) => `${addressOf(replica)}\n`),
    )
  },

  'GitLab: a key may have variables of the job': async (stage) => {
    await stage.report('many', statusOf([0, 1, 2]))
    const job = await stage.job()
    const own = { ...BUILD, variables: { ORGANIZATION: 'acme', BUILDX_BUILDER: 'mine' } }
    const built = await runGitlabJob(job, { ...inputs, 'replica-key': '$ORGANIZATION/api' }, own)
    assert.equal(built.code, 0, built.stderr)
    assert.equal(await readFile(join(job.folder, 'built'), 'utf8'), `${addressOf(2)}\n`)
  },
}
