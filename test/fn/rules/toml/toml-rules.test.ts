import assert from 'node:assert/strict'
import { test } from 'node:test'
import { resultsOf } from '../rules-broken.ts'
import { SAID } from './said.ts'
import { saidOf } from './said-of.ts'

for (const [toml, said] of Object.entries(SAID))
  test(`of ${JSON.stringify(toml)} it is said what BuildKit would do`, () => assert.deepEqual(saidOf(toml), said))

test('a result has the place in the text, the value and the way out', () => {
  const manifest = 'kind: BuildkitTemplate\nspec:\n  buildkitdToml: |\n    [worker.oci]\n      maxUsedSpace = "80Gi"\n'
  assert.deepEqual(resultsOf(manifest), [
    {
      message:
        '`worker.oci.maxUsedSpace` must be bytes, an amount such as "10GB" or a percentage such as "20%", got "80Gi"',
      severity: 'error',
      resourceRef: { apiVersion: 'buildkit.seatgeek.io/v1alpha1', kind: 'BuildkitTemplate', name: 'example' },
      field: { path: 'spec.buildkitdToml', currentValue: '80Gi', proposedValue: '80GiB' },
      tags: { rule: 'BK104', tomlLine: '2', tomlColumn: '3' },
    },
  ])
})

test('an image of a newer BuildKit may have keys that are not known here', () => {
  const toml = '[worker.oci]\nsomethingNew = true\n'
  const ids = (image: string) => saidOf(toml, { image }).map((said) => said.split(' ')[1])
  assert.deepEqual(ids('moby/buildkit:v0.35.0'), [])
  assert.deepEqual(ids('moby/buildkit:v1.0.0'), [])
  for (const image of [
    'moby/buildkit:v0.34.3',
    'moby/buildkit:v0.33.0',
    'moby/buildkit:latest',
    'example.com/builder:v9.0.0',
  ])
    assert.deepEqual(ids(image), ['BK105'], image)
})

test('a key is deprecated since the release that has another one for it', () => {
  const toml = 'debug = true\n[worker.oci]\ngckeepstorage = 1\n'
  const rules = (tag: string) =>
    saidOf(toml, { image: `moby/buildkit:${tag}` }).map((said) => said.split(' ').slice(1, 3).join(' '))
  assert.deepEqual(['v0.16.0', 'v0.29.0', 'v0.30.0'].map(rules), [[], ['BK107 3:1'], ['BK107 1:1', 'BK107 3:1']])
})

test('of what an image of somebody else has, or another program starts, nothing is said', () => {
  const toml = `[worker.oci]
binary = "crun"
networkMode = "cni"
[worker.containerd]
enabled = true
[registry."r"]
ca = ["/ca.pem"]
`
  assert.deepEqual(
    saidOf(toml).map((said) => said.split(' ')[1]),
    ['BK114', 'BK118', 'BK118', 'BK123'],
  )
  assert.deepEqual(saidOf(toml, { image: 'example.com/builder:v1' }), [])
  assert.deepEqual(saidOf(toml, { command: ['/bin/start'] }), [])
  assert.deepEqual(saidOf(toml.replace('enabled', 'address = "tcp://127.0.0.1:99"\nenabled'), { command: ['x'] }), [])
})

test('--debug is the level whatever the file says', () => {
  const observability = { debugLogging: true }
  assert.deepEqual(saidOf('log.level = "debug"', { observability }), [])
  assert.deepEqual(saidOf('log.level = "verbose"', { observability }), [
    'warning BK116 1:5 `log.level` must be "debug" because of `spec.observability.debugLogging`, got "verbose"; remove one of them',
  ])
})

test('a rootless builder is rootless and without a sandbox, and its state is elsewhere', () => {
  const toml = 'root = "/var/lib/buildkit"\n[worker.oci]\nrootless = false\nnoProcessSandbox = false\n'
  assert.deepEqual(saidOf(toml), [])
  assert.deepEqual(saidOf(toml, { hostUsers: false }), [
    'warning BK116 3:1 `worker.oci.rootless` must be true in mode "user namespace", got false, which has no effect; remove it',
  ])
  assert.deepEqual(saidOf(toml, { rootless: true }), [
    'warning BK116 3:1 `worker.oci.rootless` must be true in mode "rootless", got false, which has no effect; remove it',
    'warning BK116 4:1 `worker.oci.noProcessSandbox` must be true in mode "rootless", got false, which has no effect; remove it',
    'warning BK117 1:1 `root` must be in "/home/user/.local/share/buildkit", where the Pod has its volume, got "/var/lib/buildkit"; remove it → /home/user/.local/share/buildkit',
  ])
})
