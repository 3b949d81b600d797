import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fileAt, listOf, type Ran, type Read, run, template } from './items.ts'
import { builder, fileOf, podsOf } from './package.ts'
import { piped } from './piped.ts'

const warm = (claim: object = {}, spec: object = {}) =>
  template(
    'small',
    { cache: { claim: { size: '120Gi', storageClassName: 'fast', ...claim } }, ...spec },
    { namespace: 'ci', annotations: fileAt('ci/templates.yaml') },
  )
const claimsOf = ({ items }: Ran) => items.filter(({ kind }) => kind === 'PersistentVolumeClaim')
const namesOf = ({ items }: Ran) => items.map(({ kind, metadata }) => `${kind} ${metadata.name}`)
const orchestrators = (annotations: Read['metadata']['annotations']) =>
  Object.fromEntries(
    Object.entries(annotations).filter(([key]) => !/^(internal\.)?config\.(kubernetes|k8s)\.io\//.test(key)),
  )
const NAME = 'a-jdv4rxzdl7'

const first = run(listOf([warm(), builder('a')]))

test('a claim is in Git beside the Pod that mounts it', () => {
  const [claim] = claimsOf(first)
  const [pod] = podsOf(first.items)
  assert.ok(claim && pod)
  const { metadata, ...rest } = claim
  assert.deepEqual(
    { ...rest, metadata: { ...metadata, annotations: orchestrators(metadata.annotations) } },
    {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: {
        name: NAME,
        namespace: 'ci',
        labels: {
          'buildkit.seatgeek.io/buildkit': 'a',
          'app.kubernetes.io/name': 'buildkit',
          'buildkit.seatgeek.io/template': 'small',
        },
        annotations: { 'argocd.argoproj.io/ignore-healthcheck': 'true' },
      },
      spec: {
        accessModes: ['ReadWriteOncePod'],
        storageClassName: 'fast',
        resources: { requests: { storage: '120Gi' } },
      },
    },
  )
  assert.deepEqual(pod.spec.volumes, [{ name: 'buildkitd', persistentVolumeClaim: { claimName: NAME } }])
  assert.equal(pod.metadata.annotations['buildkit.seatgeek.io/handover'], 'Recreate')
  assert.deepEqual(
    [fileOf(claim), fileOf(pod)],
    [
      ['ci/pod_a.yaml', '0'],
      ['ci/pod_a.yaml', '1'],
    ],
  )
})

test('rendering claims twice changes nothing', () => {
  assert.equal(run(first.text).text, first.text)
})

test('a claim joins an existing Pod in its file', () => {
  const moved = run(listOf([template('small', {}, { namespace: 'ci' }), builder('a')])).text.replaceAll(
    'ci/pod_a.yaml',
    'elsewhere/pods.yaml',
  )
  const [claim] = claimsOf(run(moved.replace('spec: {}', 'spec: {cache: {claim: {size: 1Gi}}}')))
  assert.deepEqual(claim && fileOf(claim), ['elsewhere/pods.yaml', '1'])
})

test('a stream has the claim before the Pod', async () => {
  const object = (listed: string) => listed.replace('- ', '  ').replaceAll('\n  ', '\n').slice(2)
  const { text } = await piped(['build', '-'], [warm(), builder('a')].map(object).join('---\n'))
  assert.deepEqual(text.match(/^kind: .*$/gm), [
    'kind: BuildkitTemplate',
    'kind: Buildkit',
    'kind: PersistentVolumeClaim',
    'kind: Pod',
  ])
})

test('a claim of an earlier render grows in its place, and the Pod stays as it is', () => {
  const grown = run(first.text.replace('size: 120Gi', 'size: 180Gi'))
  assert.equal(grown.text, first.text.replace('size: 120Gi', 'size: 180Gi').replace('storage: 120Gi', 'storage: 180Gi'))
})

test('a claim of an earlier render does not shrink', () => {
  const { exitCode, results, text } = run(first.text.replace('size: 120Gi', 'size: 100Gi'))
  assert.equal(exitCode, 1)
  assert.deepEqual(results, [
    {
      message: `must be at least 120Gi, which PersistentVolumeClaim "${NAME}" has, because a claim cannot shrink, got 100Gi; keep the size, or first delete the claim from the cluster and from Git, with its cache`,
      severity: 'error',
      resourceRef: {
        apiVersion: 'buildkit.seatgeek.io/v1alpha1',
        kind: 'BuildkitTemplate',
        name: 'small',
        namespace: 'ci',
      },
      file: { path: 'ci/templates.yaml' },
      field: { path: 'spec.cache.claim.size', currentValue: '100Gi' },
    },
  ])
  assert.ok(text.startsWith(first.text.replace('size: 120Gi', 'size: 100Gi')))
})

test('a claim of an earlier render is replaced where it cannot be changed, and a warning says what is lost', () => {
  const replaced = run(first.text.replace('storageClassName: fast', 'storageClassName: slow'))
  assert.deepEqual(
    [replaced.exitCode, namesOf(replaced)],
    [0, ['BuildkitTemplate small', 'Buildkit a', 'PersistentVolumeClaim a-95x8pb42s5', 'Pod a-5gl6mqwh88']],
  )
  assert.deepEqual(messagesOf(replaced), [
    `warning ${NAME}: is replaced by "a-95x8pb42s5", because a claim cannot change \`storageClassName\` from "fast" to "slow"; once its Pod has ended, it is deleted with its cache of 120Gi`,
  ])
})

test('a claim is not shared between rootless and other builders, whose files have other owners', () => {
  const replaced = run(first.text.replace(/^( +)cache:$/m, '$1rootless: true\n$&'))
  const [claim] = claimsOf(replaced)
  assert.deepEqual(messagesOf(replaced), [
    `warning ${NAME}: is replaced by "${claim?.metadata.name}", because the files of rootless builders have other owners than those of other builders; once its Pod has ended, it is deleted with its cache of 120Gi`,
  ])
})

test('a claim of an earlier render stays in the cluster if it is retained', () => {
  const retained = run(listOf([warm({ retain: true }), builder('a')]))
  const [claim] = claimsOf(retained)
  assert.deepEqual(claim && orchestrators(claim.metadata.annotations), {
    'argocd.argoproj.io/ignore-healthcheck': 'true',
    'argocd.argoproj.io/compare-options': 'IgnoreExtraneous',
    'argocd.argoproj.io/sync-options': 'Delete=false,Prune=false',
    'client.lifecycle.config.k8s.io/deletion': 'detach',
    'kustomize.toolkit.fluxcd.io/prune': 'disabled',
  })
  assert.deepEqual(messagesOf(run(retained.text.replace('storageClassName: fast', 'storageClassName: slow'))), [
    `warning ${NAME}: is replaced by "a-95x8pb42s5", because a claim cannot change \`storageClassName\` from "fast" to "slow"; it stays in the cluster with its cache of 120Gi, and nothing uses it; delete it there`,
  ])
})

test('a claim of an earlier render is no longer retained when its template says so', () => {
  const retained = run(listOf([warm({ retain: true }), builder('a')])).text
  const released = run(retained.replace('retain: true', 'retain: false'))
  assert.equal(
    released.text,
    first.text
      .replace('size: 120Gi', 'size: 120Gi')
      .replace('storageClassName: fast\n- ', 'storageClassName: fast\n        retain: false\n- '),
  )
})

test('a claim of an earlier render leaves Git with its cache, and a warning says so', () => {
  const left = run(first.text.replace(/ {4}cache:\n(?: {6}.*\n)+/, '    port: 1234\n'))
  assert.deepEqual(namesOf(left).slice(0, 2), ['BuildkitTemplate small', 'Buildkit a'])
  assert.deepEqual(claimsOf(left), [])
  assert.deepEqual(messagesOf(left), [
    `warning ${NAME}: removed: no Buildkit uses this PersistentVolumeClaim any more; once its Pod has ended, it is deleted with its cache of 120Gi`,
  ])
})

test('a claim of an earlier render is cleaned up with its Pod', () => {
  const { items, text } = run(
    first.text.replace(
      'kind: ResourceList\n',
      'kind: ResourceList\nfunctionConfig: {apiVersion: v1, kind: ConfigMap, data: {mode: clean}}\n',
    ),
  )
  assert.deepEqual(
    items.map(({ kind }) => kind),
    ['BuildkitTemplate', 'Buildkit'],
  )
  assert.ok(!text.includes('podName'))
})

test('a claim of an earlier render is restored after an edit by hand', () => {
  const restored = run(first.text.replace('- ReadWriteOncePod', '- ReadWriteMany'))
  assert.deepEqual([restored.exitCode, restored.items], [0, first.items])
})

function messagesOf({ results }: Ran): readonly string[] {
  return results.map(
    ({ severity, message, resourceRef }) =>
      `${severity} ${(resourceRef as { readonly name: string }).name}: ${message}`,
  )
}
