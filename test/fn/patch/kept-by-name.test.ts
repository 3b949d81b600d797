import assert from 'node:assert/strict'
import { test } from 'node:test'
import { patchIssues } from '../../../fn/patch/issues.ts'
import { patched } from '../../../fn/patch/merge.ts'
import { privileged } from '../privileged-pod.ts'

function said(patch: unknown): readonly string[] {
  return patchIssues(patch, ['podSpecPatch'], { kind: 'BuildkitTemplate', own: privileged, podSpec: privileged }).map(
    ({ path, message }) => `${path.join('.').replace(/\.(\d+)/g, '[$1]')}: ${message}`,
  )
}

const builder = (patch: object) => ({ containers: [{ name: 'buildkit', ...patch }] })
const AT = 'podSpecPatch.containers[0]'

test('`merge` is what a patch does anyway', () => {
  const env = [
    { name: 'A', value: 'a', $patch: 'merge' },
    { name: 'B', value: 'b' },
  ]
  const patch = { $patch: 'merge', ...builder({ $patch: 'merge', env }) }
  assert.deepEqual(said(patch), [])
  const merged = patched(privileged, patch) as typeof privileged
  const { env: written, ...rest } = merged.containers[0] as Record<string, unknown>
  assert.deepEqual(rest, privileged.containers[0])
  assert.deepEqual(written, [
    { name: 'A', value: 'a' },
    { name: 'B', value: 'b' },
  ])
})

test('claims of devices are declared, and the amounts of the container stay', () => {
  const claims = { resourceClaims: [{ name: 'gpu', resourceClaimName: 'gpu' }] }
  assert.deepEqual(said({ ...claims, ...builder({ resources: { claims: [{ name: 'gpu' }] } }) }), [])
  const only = 'must leave `requests` and `limits` as they are; only `claims` are set here'
  assert.deepEqual(said(builder({ resources: null })), [`${AT}.resources: ${only}`])
  assert.ok(said(builder({ resources: { $patch: 'replace' } })).includes(`${AT}.resources.$patch: ${only}`))
})

test('what admission computes is set by what it computes it of', () => {
  const message = (field: string) => `is computed by API servers, which refuse another value: set \`${field}\` instead`
  assert.deepEqual(said({ priority: 1, preemptionPolicy: 'Never', overhead: { cpu: '1' } }), [
    `podSpecPatch.priority: ${message('spec.scheduling.priorityClassName')}`,
    `podSpecPatch.preemptionPolicy: ${message('spec.scheduling.priorityClassName')}`,
    `podSpecPatch.overhead: ${message('runtimeClassName')}`,
  ])
})

test('every init container of a builder stays', () => {
  const initContainers = [
    { name: 'prepare-cache', image: 'a' },
    { name: 'wait-for-cache', image: 'a' },
  ]
  const own = { ...privileged, initContainers }
  for (const { name } of initContainers)
    for (const item of [{ name, image: 'b' }, { name, $patch: 'delete' }, { $patch: 'replace' }]) {
      const issues = patchIssues({ initContainers: [item] }, [], { kind: 'Buildkit', own, podSpec: own })
      assert.match(
        issues[0]?.message ?? '',
        /^must (stay as it is: it guards the state|leave `initContainers\[name=prep)/,
      )
    }
})

test('nothing is mounted over what buildkitd depends on', () => {
  const mount = (mountPath: string) => said(builder({ volumeMounts: [{ name: 'a', mountPath }] }))
  const message = (text: string) => [`${AT}.volumeMounts[0].mountPath: ${text}`]
  const state = message('must be another path: BuildKit keeps its state there')
  assert.deepEqual(mount('/var/lib//buildkit/content'), state)
  assert.deepEqual(mount('/var/lib/buildkit/..//buildkit/'), state)
  const toml = message('must be another path: set `spec.buildkitdToml`, which is mounted there')
  assert.deepEqual(mount('/etc/buildkit'), toml)
  assert.deepEqual(mount('/etc/buildkit/buildkitd.toml'), toml)
  const system = message('must be a folder in it: buildkitd needs what the image and the node have there')
  for (const path of ['/', '/usr/bin/', '/etc', '/proc', '/dev', '/run']) assert.deepEqual(mount(path), system)
  for (const path of ['/etc/buildkit/cni.json', '/etc/ssl/certs', '/usr/local/share', '/var/lib/buildkit2'])
    assert.deepEqual(mount(path), [])
})
