import assert from 'node:assert/strict'
import { test } from 'node:test'
import { stringify } from 'yaml'
import { resultsOf } from './rules-broken.ts'

/** What is said of a template, each as severity, rule, field, message and what is proposed. */
function saidOf(spec: object, ...buildkits: readonly object[]): readonly string[] {
  const objects = [{ kind: 'BuildkitTemplate', spec }, ...buildkits.map((own) => ({ kind: 'Buildkit', spec: own }))]
  return resultsOf(objects.map((object) => stringify(object)).join('---\n')).map(
    ({ severity, tags, field, message }) => {
      const proposal = field?.proposedValue === undefined ? [] : ['→', field.proposedValue]
      return [severity, tags?.rule, field?.path, message, ...proposal].join(' ')
    },
  )
}

test('a tag of BuildKit begins with "v" and has three numbers', () => {
  const said = (image: string) => saidOf({ image, rootless: image.endsWith('rootless') })
  assert.deepEqual(said('moby/buildkit:0.34.2-rootless'), [
    'warning BK541 spec.image must begin with "v", got "0.34.2-rootless", a tag that BuildKit does not have; use "moby/buildkit:v0.34.2-rootless" → moby/buildkit:v0.34.2-rootless',
  ])
  assert.deepEqual(said('m.io/moby/buildkit:v0.34'), [
    'warning BK541 spec.image must have all three numbers of a release, such as "v0.34.2", got "v0.34", a tag that BuildKit does not have',
  ])
  for (const image of ['moby/buildkit:v0.34.2-rootless', 'moby/buildkit:v0.35.0-rc1', 'example.com/builder:0.34.2'])
    assert.deepEqual(said(image), [], image)
})

test('amounts without a unit are more or less than any builder uses', () => {
  const said = (default_: object) => saidOf({ resources: { default: default_ } }).map((one) => one.slice(0, 12))
  for (const cpu of [250, '500', '1k']) assert.deepEqual(said({ requests: { cpu } }), ['warning BK510'.slice(0, 12)])
  for (const memory of [8, 512, '16k']) assert.deepEqual(said({ requests: { memory } }), ['warning BK510'.slice(0, 12)])
  assert.deepEqual(said({ requests: { cpu: '1m', memory: '1Mi' }, limits: { cpu: 192, memory: '2Gi' } }), [])
})

test('architectures are those that kubelets know', () => {
  const selected = (arch: string) => saidOf({ scheduling: { nodeSelector: { 'kubernetes.io/arch': arch } } })
  const place = 'error BK542 spec.scheduling.nodeSelector[kubernetes.io/arch]'
  for (const [wrong, right] of [
    ['x86_64', 'amd64'],
    ['aarch64', 'arm64'],
    ['AMD64', 'amd64'],
    ['arm64v8', 'arm64'],
    ['armv7l', 'arm'],
  ])
    assert.deepEqual(selected(wrong ?? ''), [
      `${place} must be "${right}", got "${wrong}", which no node has → ${right}`,
    ])
  for (const arch of ['amd64', 'arm64', 's390x', 'riscv64']) assert.deepEqual(selected(arch), [])
})

test('of the values and terms of an affinity one that a node can have is enough', () => {
  const said = (...terms: readonly (readonly string[])[]) => {
    const nodeSelectorTerms = terms.map((values) => {
      return { matchExpressions: [{ key: 'kubernetes.io/arch', operator: 'In', values }] }
    })
    const nodeAffinity = { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms } }
    return saidOf({ scheduling: { affinity: { nodeAffinity } } }).length
  }
  assert.deepEqual([said(['x86_64', 'amd64']), said(['x86_64'], ['arm64']), said(['x86_64', 'aarch64'])], [0, 0, 2])
})

test("a grace period of one's own wants the drain that waits in it", () => {
  const said = (terminationGracePeriodSeconds?: number) => {
    return saidOf({ lifecycle: { preStopScript: false, terminationGracePeriodSeconds } })
  }
  assert.deepEqual(said(3600), [
    'warning BK543 spec.lifecycle.preStopScript must be true, got false; without the script, builds fail immediately despite the 3600 seconds of `terminationGracePeriodSeconds`; remove it, or remove the grace period',
  ])
  assert.deepEqual([said(30), said()], [[], []])
})

test('a device plugin gives a rootless builder its FUSE', () => {
  const template = (limits?: object) => ({
    rootless: true,
    buildkitdToml: '[worker.oci]\nsnapshotter = "fuse-overlayfs"\n',
    ...(limits && { resources: { default: { limits } } }),
  })
  const own = { template: 'example', resources: { limits: { 'github.com/fuse': 1 } } }
  assert.equal(saidOf(template()).length, 1)
  assert.deepEqual(saidOf(template({ 'smarter-devices/fuse': 1 })), [])
  assert.deepEqual(saidOf(template(), own), [])
  assert.equal(saidOf({ ...template({ 'smarter-devices/fuse': 1 }), rootless: false }).length, 1)
})
