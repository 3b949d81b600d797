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

test('an older image ignores keys that came later, whatever their values, and old names are right for it', () => {
  const toml = `debug = true
proxyNetwork = "yes"
[system]
maxRegistryConcurrency = 0
[worker.oci]
gckeepstorage = "10GB"
[[worker.oci.gcpolicy]]
keepBytes = "9GB"
maxUsedSpace = "85.5%"
`
  assert.deepEqual(saidOf(toml, { image: 'moby/buildkit:v0.13.2' }), [
    'warning BK126 2:1 `proxyNetwork` has no effect before BuildKit v0.31, got "v0.13.2", which ignores it; use a newer image, or remove it',
    'warning BK126 3:2 `system` has no effect before BuildKit v0.14, got "v0.13.2", which ignores it; use a newer image, or remove it',
    'warning BK126 9:1 `worker.oci.gcpolicy[0].maxUsedSpace` has no effect before BuildKit v0.17, got "v0.13.2", which ignores it; use `keepBytes`, or a newer image',
  ])
  assert.deepEqual(saidOf(toml.replace('"85.5%"', '"85%"'), { image: 'moby/buildkit:v0.29.0' }), [
    'warning BK107 8:1 `worker.oci.gcpolicy[0].keepBytes` is deprecated; write `reservedSpace = "9GB"` → reservedSpace = "9GB"',
    'warning BK126 2:1 `proxyNetwork` has no effect before BuildKit v0.31, got "v0.29.0", which ignores it; use a newer image, or remove it',
    'warning BK126 4:1 `system.maxRegistryConcurrency` has no effect before BuildKit v0.31, got "v0.29.0", which ignores it; use a newer image, or remove it',
  ])
  assert.deepEqual(saidOf('[log]\nlevel = "loud"\n', { image: 'moby/buildkit:v0.29.0' }), [
    'warning BK126 2:1 `log.level` has no effect before BuildKit v0.30, got "v0.29.0", which ignores it; use `debug`, or a newer image',
  ])
})

test('one table for a list of tables ends an image that reads TOML as BuildKit did before v0.28', () => {
  const toml =
    '[worker.oci.gcpolicy]\nall = true\nmaxUsedSpace = "9GB"\n[[registry."r.io".keypair]]\n[worker.oci]\ngc = true\n'
  const ids = (tag: string) => saidOf(toml, { image: `moby/buildkit:${tag}` }).filter((said) => said.includes('BK127'))
  assert.deepEqual(ids('v0.27.1'), [
    'error BK127 1:13 `worker.oci.gcpolicy` must have double brackets before BuildKit v0.28, got "v0.27.1"; write `[[worker.oci.gcpolicy]]`',
  ])
  assert.deepEqual(ids('v0.28.0'), [])
})

test('an old name stays where the image may be too old for the new one', () => {
  const said = saidOf('debug = true\n', { image: 'registry.example.com/buildkit:v0.16.0' })
  assert.deepEqual(said, ['warning BK107 1:1 `debug` is deprecated; write `log.level = "debug"`'])
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
[registry."r.io"]
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
    'error BK132 1:1 `root` must be a path that buildkitd may write to, such as "/home/user/.local/share/buildkit", got "/var/lib/buildkit" → /home/user/.local/share/buildkit',
    'warning BK116 3:1 `worker.oci.rootless` must be true in mode "rootless", got false, which has no effect; remove it',
    'warning BK116 4:1 `worker.oci.noProcessSandbox` must be true in mode "rootless", got false, which has no effect; remove it',
  ])
})

test('a rootless builder has its sockets where user 1000 may write', () => {
  const toml = (path: string) => `otel.socketPath = "${path}"\ngrpc.debugAddress = "unix://${path}"\n`
  const rootless = { rootless: true }
  for (const path of ['/run/buildkit/x.sock', 'x.sock', '/home/user/.config/buildkit/x.sock'])
    assert.deepEqual(saidOf(toml(path), rootless), [
      `error BK132 1:6 \`otel.socketPath\` must be a path that buildkitd may write to, such as "/run/user/1000/buildkit/otel-grpc.sock", got "${path}" → /run/user/1000/buildkit/otel-grpc.sock`,
      `error BK132 2:6 \`grpc.debugAddress\` must be a path that buildkitd may write to, such as "unix:///run/user/1000/buildkit/debug.sock", got "unix://${path}"`,
    ])
  assert.deepEqual(saidOf(toml('/run/user/1000/x.sock'), rootless), [])
  assert.deepEqual(saidOf(toml('/run/buildkit/x.sock'), { ...rootless, image: 'example.com/builder:v1' }), [])
  assert.deepEqual(saidOf(toml('/run/buildkit/x.sock')), [])
  assert.equal(saidOf(toml('/etc/buildkit/x.sock')).length, 2)
})
