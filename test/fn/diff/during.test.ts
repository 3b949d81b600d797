import assert from 'node:assert/strict'
import { test } from 'node:test'
import { diff, manifests } from './two-versions.ts'

const HOST_PATH = { hostPath: { path: '/var/cache' } }
const claim = (accessMode = 'ReadWriteOncePod') => ({ claim: { size: '100Gi', accessMode } })
const asking = (cpu: string, cache: object, more: object = {}) =>
  manifests({ cache, resources: { default: { requests: { cpu } } }, ...more }, ['a', 'b'])
const on = (pool: string) => ({ scheduling: { nodeSelector: { pool } } })

/** The requests of a difference, in the order of `nodeSelector`. */
async function demandOf(old: string, young: string) {
  const { text } = await diff(old, young, '--output', 'json')
  return JSON.parse(text).demand
}

const ofCpu = (nodes: string, [before, during, after]: readonly [string, string, string]) => ({
  nodes,
  before: before === '0' ? {} : { cpu: before },
  during: { cpu: during },
  after: after === '0' ? {} : { cpu: after },
})

test('during a roll to other nodes, the old Pods are still on theirs', async () => {
  const [old, young] = [asking('4', HOST_PATH, on('old')), asking('4', HOST_PATH, on('young'))]
  assert.deepEqual(await demandOf(old, young), [
    ofCpu('pool=old', ['8', '8', '0']),
    ofCpu('pool=young', ['0', '8', '8']),
  ])
  assert.deepEqual(await demandOf(asking('4', claim(), on('old')), asking('4', claim(), on('young'))), [
    ofCpu('pool=old', ['8', '8', '0']),
    ofCpu('pool=young', ['0', '8', '8']),
  ])
})

test('of two Pods with one ReadWriteOncePod claim the larger counts, because the scheduler holds the other back', async () => {
  assert.deepEqual(await demandOf(asking('2', claim()), asking('1', claim())), [ofCpu('', ['4', '4', '2'])])
  assert.deepEqual(await demandOf(asking('1', claim()), asking('2', claim())), [ofCpu('', ['2', '4', '4'])])
})

test('both Pods of a builder count where the scheduler places both, whatever the new one waits for', async () => {
  const both = [ofCpu('', ['4', '8', '4'])]
  const shared = { image: 'moby/buildkit:v0.33.0' }
  for (const cache of [HOST_PATH, claim('ReadWriteOnce')])
    assert.deepEqual(await demandOf(asking('2', cache), asking('2', cache, shared)), both)
  const moved = [
    [claim(), { claim: { size: '100Gi', storageClassName: 'fast' } }],
    [{ emptyDir: {} }, claim()],
    [HOST_PATH, { hostPath: { path: '/mnt/cache' } }],
  ] as const
  for (const [old, young] of moved) assert.deepEqual(await demandOf(asking('2', old), asking('2', young)), both)
})

test('a Pod that is held back exists, and counts in quotas', async () => {
  const spec = { hard: { 'requests.cpu': '6' } }
  const quota = `\n---\n${JSON.stringify({ apiVersion: 'v1', kind: 'ResourceQuota', metadata: { name: 'quota', namespace: 'ci' }, spec })}`
  const { text } = await diff(
    asking('2', claim()) + quota,
    asking('2', claim(), { rootless: false, image: 'x' }) + quota,
  )
  assert.match(
    text,
    /^ {2}ci\/quota: requests\.cpu must be at least 8 during the roll, while both Pods of a builder count, and 4 after it, got 6$/m,
  )
  assert.doesNotMatch(text, /^Requests/m)
})
