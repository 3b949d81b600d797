import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { addressOf, statusOf } from '../replicas.ts'
import type { Job, Scenario } from '../stage.ts'

/** A key that prefers replica 2, then 0, then 1. */
const REPLICA_KEY = 'acme/api'
const BY_KEY = { REPLICAS: 'by-key', REPLICA_KEY }
const ALL = { REPLICAS: 'all', REPLICA_KEY }

/** Connects; what the builder then consists of. */
async function nodesOf(job: Job, env: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const { code, stderr } = await job.connect({ TIMEOUT: '30', ...env })
  assert.equal(code, 0, stderr)
  return (await readFile(join(job.folder, 'nodes'), 'utf8')).trimEnd().split('\n')
}

const creations = async (job: Job) => (await job.calls()).filter((call) => call.startsWith('buildx create'))

const choosing: Readonly<Record<string, Scenario>> = {
  'all clients share one Pod unless they say otherwise': async (stage) => {
    await stage.report('many', { ...statusOf([0, 1, 2]), endpoint: addressOf(1) })
    const job = await stage.job()
    assert.deepEqual(await nodesOf(job, { BUILDKITS: 'many' }), [addressOf(1)])
    assert.deepEqual(await nodesOf(job, { BUILDKITS: 'many', REPLICAS: 'one' }), [addressOf(1)])
  },

  'a key stays at its replica through rolls, and while another replica is away': async (stage) => {
    const job = await stage.job()
    for (const [replicas, revision] of [[[0, 1, 2]], [[0, 1, 2], 1], [[0, 2], 1], [[2], 1]] as const) {
      await stage.report('many', statusOf(replicas, revision))
      assert.deepEqual(await nodesOf(job, { BUILDKITS: 'many', ...BY_KEY }), [addressOf(2, revision)])
    }
  },

  'a key goes to the next replica while its own does not serve, and comes back': async (stage) => {
    const job = await stage.job()
    for (const [replicas, wanted] of [
      [[0, 1], 0],
      [[1], 1],
      [[0, 1, 2], 2],
    ] as const) {
      await stage.report('many', statusOf(replicas))
      assert.deepEqual(await nodesOf(job, { BUILDKITS: 'many', ...BY_KEY }), [addressOf(wanted)])
    }
  },

  'all replicas become nodes of one builder, with the platform at the one that the key prefers': async (stage) => {
    await stage.report('many', statusOf([0, 1, 2]))
    await stage.report('single', statusOf([0], 9))
    const job = await stage.job()
    await nodesOf(job, { BUILDKITS: 'many=linux/amd64 single=linux/arm64', ...ALL })
    const create = 'buildx create --name buildkit --driver remote'
    assert.deepEqual(await creations(job), [
      `${create} --platform linux/amd64 ${addressOf(2)}`,
      `${create} --append ${addressOf(0)}`,
      `${create} --append ${addressOf(1)}`,
      `${create} --append --platform linux/arm64 ${addressOf(0, 9)}`,
    ])
  },

  'each replica has its own server name': async (stage) => {
    const { endpoint } = statusOf([0])
    const endpoints = [0, 1].map((replica) => ({
      podName: `many-${replica}`,
      replica,
      address: addressOf(replica),
      tlsServerName: `many-${replica}.builders.svc`,
    }))
    await stage.report('many-with-tls', { endpoint, endpoints })
    const job = await stage.job()
    await nodesOf(job, { BUILDKITS: 'many-with-tls', ...ALL, TLS_SECRET: 'ci-client' })
    assert.deepEqual(
      (await creations(job)).map((call) => [/servername=(\S+)/.exec(call)?.[1], call.split(' ').at(-1)]),
      endpoints.map(({ tlsServerName, address }) => [tlsServerName, address]),
    )
  },

  'a Buildkit of one Pod is the same for all': async (stage) => {
    await stage.report('single', statusOf([0], 9))
    for (const env of [{}, BY_KEY, ALL])
      assert.deepEqual(await nodesOf(await stage.job(), { BUILDKITS: 'single', ...env }), [addressOf(0, 9)])
  },

  'the lines of a message are no endpoints': async (stage) => {
    const message = 'two lines\nendpoint=2,tcp://192.0.2.1:1234,'
    const condition = { type: 'Ready', status: 'False', reason: 'ImagePullBackOff', message }
    const conditions = [{ ...condition, lastTransitionTime: '2026-11-24T12:00:00Z' }]
    await stage.report('many', { ...statusOf([0, 1]), conditions })
    assert.deepEqual(await nodesOf(await stage.job(), { BUILDKITS: 'many', ...BY_KEY }), [addressOf(0)])
    await stage.report('many', { conditions: null })
  },
}

const unreachable: Readonly<Record<string, Scenario>> = {
  'a key goes to the next replica if its own cannot be reached, whatever the status says': async (stage) => {
    await stage.report('many', statusOf([0, 1, 2]))
    const job = await stage.job()
    await writeFile(join(job.folder, 'gone'), `${addressOf(2)}\n${addressOf(0)}\n`)
    assert.deepEqual(await nodesOf(job, { BUILDKITS: 'many', ...BY_KEY }), [addressOf(1)])
    assert.deepEqual(
      (await creations(job)).map((call) => call.split(' ').at(-1)),
      [2, 0, 1].map((replica) => addressOf(replica)),
    )
  },

  'the status is read again first: a replica that has moved keeps its key': async (stage) => {
    await stage.report('many', statusOf([0, 1, 2]))
    const job = await stage.job()
    await writeFile(join(job.folder, 'gone'), `${addressOf(2)}\n`)
    const running = nodesOf(job, { BUILDKITS: 'many', ...BY_KEY })
    await setTimeout(1000)
    await stage.report('many', statusOf([0, 1, 2], 1))
    assert.deepEqual(await running, [addressOf(2, 1)])
  },

  'a replica that answers late keeps its key': async (stage) => {
    await stage.report('many', statusOf([0, 1, 2]))
    const job = await stage.job()
    await writeFile(join(job.folder, 'late'), `${addressOf(2)}\n`)
    assert.deepEqual(await nodesOf(job, { BUILDKITS: 'many', ...BY_KEY }), [addressOf(2)])
    assert.equal((await creations(job)).length, 2)
  },

  'if no replica can be reached, all are tried again': async (stage) => {
    await stage.report('many', statusOf([0, 1]))
    const job = await stage.job()
    const gone = join(job.folder, 'gone')
    await writeFile(gone, `${addressOf(0)}\n${addressOf(1)}\n`)
    const running = nodesOf(job, { BUILDKITS: 'many', ...BY_KEY })
    while ((await creations(job)).length < 3) await setTimeout(100)
    await writeFile(gone, `${addressOf(0)}\n`)
    assert.deepEqual(await running, [addressOf(1)])
  },

  'all replicas that can be reached become nodes': async (stage) => {
    await stage.report('many', statusOf([0, 1, 2]))
    const job = await stage.job()
    await writeFile(join(job.folder, 'gone'), `${addressOf(0)}\n`)
    assert.deepEqual(await nodesOf(job, { BUILDKITS: 'many', ...ALL }), [addressOf(2), addressOf(1)])
  },
}

export const severalPods: Readonly<Record<string, Scenario>> = { ...choosing, ...unreachable }
