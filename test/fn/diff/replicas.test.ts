import assert from 'node:assert/strict'
import { test } from 'node:test'
import { diff, manifests, TEMPLATE } from './two-versions.ts'

const SPEC = { ...TEMPLATE, resources: { default: { requests: { cpu: '2' } } } }
const of = (replicas: number, spec: object = SPEC, names = ['a', 'b']) => manifests(spec, names, { replicas })
const quota = (cpu: string) => {
  const object = { kind: 'ResourceQuota', metadata: { name: 'quota', namespace: 'ci' }, spec: { hard: { cpu } } }
  return `\n---\n${JSON.stringify({ apiVersion: 'v1', ...object })}`
}

test('another number of replicas rolls nothing, and is shown with what it requests', async () => {
  const { text } = await diff(of(1), of(3))
  assert.equal(
    text,
    `No builder rolls. 2 builders get more replicas.

2 builders grow from 1 to 3 replicas: ci/a and ci/b

Requests       before  during  after
any node  cpu  4       12      12

1 finding as before
`,
  )
})

test('fewer replicas lose the caches of the Pods that go', async () => {
  const { text } = await diff(of(3), of(1))
  assert.equal(
    text,
    `No builder rolls. 2 builders lose their cache, up to 372 GiB. 2 builders get fewer replicas.

2 builders shrink from 3 to 1 replica, cache of each removed Pod: lost (emptyDir), up to 93.1 GiB: ci/a and ci/b

Requests       before  during  after
any node  cpu  12      12      4

1 finding as before
`,
  )
  const claim = (retain: boolean) => ({ ...SPEC, cache: { claim: { size: '200Gi', retain } } })
  const failed = async (retain: boolean) => {
    const { stderr, exitCode } = await diff(of(2, claim(retain)), of(1, claim(retain)), '--fail-on', 'loss')
    return { stderr, exitCode }
  }
  assert.deepEqual(await failed(true), { stderr: [], exitCode: 0 })
  assert.deepEqual(await failed(false), {
    stderr: ['error: 2 builders lose their cache, and --fail-on has "loss"'],
    exitCode: 1,
  })
})

test('a roll has all replicas at once, and all of their caches', async () => {
  const { text } = await diff(of(2) + quota('15'), of(3, { ...SPEC, image: 'moby/buildkit:v0.34.2' }) + quota('15'))
  assert.match(
    text,
    /^2 of 2 builders roll\. 2 builders lose their cache, up to 372 GiB\. 2 builders get more replicas\./,
  )
  assert.match(text, /^ {2}cache: lost \(emptyDir\), up to 186 GiB each$/m)
  assert.match(text, /^any node {2}cpu {2}8 +20 +12$/m)
  assert.match(text, /ci\/quota: cpu must be at least 20 during the roll, .* and 12 after it, got 15$/m)
})

test('in JSON, what changes the number of replicas is an entry of its own', async () => {
  const { text } = await diff(of(2), of(1), '--output', 'json')
  const { rolls, keeping, scalings, unchanged } = JSON.parse(text)
  const cache = { before: 'emptyDir', fate: 'lost', bytes: 100_000_000_000 }
  assert.deepEqual(
    { rolls, keeping, scalings, unchanged },
    { rolls: [], keeping: [], scalings: [{ builders: ['ci/a', 'ci/b'], before: 2, after: 1, cache }], unchanged: 0 },
  )
})

test('claims that grow are counted for each replica that has one', async () => {
  const claim = (size: string) => ({ ...SPEC, cache: { claim: { size } } })
  const { text } = await diff(of(2, claim('200Gi')), of(3, claim('300Gi')))
  assert.match(text, /^4 claims grow from 200Gi to 300Gi: ci\/a and ci\/b$/m)
})
