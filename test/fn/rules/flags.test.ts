import assert from 'node:assert/strict'
import { test } from 'node:test'
import { stringify } from 'yaml'
import { resultsOf } from './rules-broken.ts'

/** What is said of a template with this command: severity, rule, field and message. */
function saidOf(command: readonly string[], spec: object = {}) {
  const results = resultsOf(stringify({ kind: 'BuildkitTemplate', spec: { command, ...spec } }))
  return results.map(({ severity, tags, field, message }) => [severity, tags?.rule, field?.path, message].join(' '))
}

const started = (...flags: readonly string[]) => ['buildkitd-entrypoint', ...flags]

const SAID: readonly (readonly [flags: readonly string[], said: readonly string[]])[] = [
  [['--debug', '--log-format=json', '--oci-worker-snapshotter', 'overlayfs'], []],
  [
    ['--tlscert', '/c.pem', '--tlskey=/k.pem', '--tlscacert', '/ca.pem'],
    [
      'error BK402 spec.command[1] `grpc.tls` must be left out; a kubelet probes the port without TLS, so the Pod crash-loops; set `spec.tls`, which mounts a Secret and probes through the socket; `--tlscert` sets it',
    ],
  ],
  [
    ['-debugaddr', '0.0.0.0:6060'],
    [
      'warning BK408 spec.command[1] `grpc.debugAddress` must be an address in the Pod, such as "127.0.0.1:6060", got "0.0.0.0:6060"; it has no authentication; or restrict who connects with a NetworkPolicy; `--debugaddr` sets it',
    ],
  ],
  [
    ['--debugaddr', '127.0.0.1:1234'],
    [
      'error BK124 spec.command[1] `grpc.debugAddress` must not use the port in `spec.port`, got "127.0.0.1:1234"; buildkitd exits with "address already in use"; `--debugaddr` sets it',
    ],
  ],
  [
    ['--allow-insecure-entitlement', 'network.host', '--allow-insecure-entitlement=network-host'],
    [
      'warning BK119 spec.command[3] `insecure-entitlements[1]` must be one of "network.host", "security.insecure", "device", got "network-host"; `--allow-insecure-entitlement` sets it',
    ],
  ],
  [
    ['--oci-worker-gc-keepstorage', '10,0,20'],
    [
      'warning BK216 spec.command[1] `maxUsedSpace` must be large enough for images, got 19 MiB; every collection prunes the cache to it; `--oci-worker-gc-keepstorage` sets it',
    ],
  ],
  [
    ['--oci-worker=false'],
    [
      'error BK113 spec.command[1] `worker.oci.enabled` must be true, got false; it is the only worker that the Pod can have; `--oci-worker` sets it',
    ],
  ],
  [
    ['--addr', 'tcp://0.0.0.0:1234', '--addr=/run/x.sock', '--addr=unix:///run/x.sock', '--addr=tcp://0.0.0.0:99'],
    [
      'error BK133 spec.command[1] `--addr` must not use the port in `spec.port` again, got "tcp://0.0.0.0:1234"; remove it',
      'error BK133 spec.command[3] `--addr` must begin with "unix://" or "tcp://", got "/run/x.sock"; remove it',
    ],
  ],
]

for (const [flags, said] of SAID)
  test(`of ${flags.join(' ')} is said what is said of the keys`, () =>
    assert.deepEqual(saidOf(started(...flags)), said))

test('flags win over the file', () => {
  const spec = { buildkitdToml: '[grpc]\ndebugAddress = "0.0.0.0:6060"\n[Log]\nlevel = "verbose"\n' }
  assert.deepEqual(saidOf(started('--debugaddr=127.0.0.1:6060', '--trace'), spec), [])
  assert.equal(saidOf(started(), spec).length, 2)
})

test('another file than that of the template is said', () => {
  const spec = { buildkitdToml: '[log]\nformat = "json"\n' }
  assert.deepEqual(saidOf(started('--config', '/etc/buildkit/buildkitd.toml'), spec), [])
  assert.deepEqual(saidOf(started('--config', '/etc/b.toml'), spec), [
    'warning BK134 spec.command[1] `--config` must be left out beside `buildkitdToml`, got "/etc/b.toml", which buildkitd reads instead',
  ])
})

test('of a script are read the flags of buildkitd in it, of other programs none', () => {
  const script = (text: string) => saidOf(['sh', '-c', text], { hostUsers: false }).map((one) => one.slice(0, 29))
  assert.deepEqual(script('cp a b && exec buildkitd --debugaddr "0.0.0.0:6060" "$@"'), [
    'warning BK408 spec.command[2]',
  ])
  assert.deepEqual(script('buildkitd; prometheus --debugaddr 0.0.0.0:6060'), [])
  assert.deepEqual(saidOf(['/start', '--debugaddr=0.0.0.0:6060']), [])
})
