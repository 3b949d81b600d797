import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseCommandLine } from '../../controller/command-line.ts'
import { usage } from '../../controller/flags.ts'

const DEFAULTS = {
  namespaces: [],
  gc: 'enabled',
  graces: { handoverMilliseconds: 30_000, quarantineMilliseconds: 10_000, orphanMilliseconds: 3_600_000 },
  concurrency: 8,
  leaderElect: false,
  leaseName: 'buildkit-controller',
  leaseNamespace: undefined,
  lease: { lease: 15_000, renew: 10_000, retry: 2_000 },
  healthAddress: { host: undefined, port: 8081 },
  metricsAddress: { host: undefined, port: 8080 },
  logLevel: 'info',
  kubeconfig: undefined,
  context: undefined,
}

test('without arguments everything is as the help text says', () => {
  assert.deepEqual(parseCommandLine([], {}), { kind: 'run', settings: DEFAULTS })
})

test('an argument wins over the environment, and that over the default', () => {
  const env = {
    BUILDKIT_CONTROLLER_LOG_LEVEL: 'warn',
    BUILDKIT_CONTROLLER_GC: 'disabled',
    BUILDKIT_CONTROLLER_LEADER_ELECT: 'true',
  }
  assert.deepEqual(parseCommandLine(['--gc=dry-run', '--namespaces', 'ci, ci,dev', '--orphan-grace=1h30m'], env), {
    kind: 'run',
    settings: {
      ...DEFAULTS,
      namespaces: ['ci', 'dev'],
      gc: 'dry-run',
      graces: { ...DEFAULTS.graces, orphanMilliseconds: 5_400_000 },
      leaderElect: true,
      logLevel: 'warn',
    },
  })
})

test('a server is on an address, on every address of a port, or nowhere', () => {
  const command = parseCommandLine(['--health-address=[::1]:9', '--metrics-address=0'], {})
  assert.deepEqual(command, {
    kind: 'run',
    settings: { ...DEFAULTS, healthAddress: { host: '::1', port: 9 }, metricsAddress: undefined },
  })
})

test('every mistake is told at once', () => {
  const args = [
    '--namespace=ci',
    '--gc=off',
    '--orphan-grace=1',
    '--concurrency=0',
    '--namespaces=Ci',
    '--health-address=8081',
    '--lease-duration=5s',
    '--kubeconfig',
    'run',
    '--leader-elect=maybe',
  ]
  assert.deepEqual(parseCommandLine([...args, '--context'], {}), {
    kind: 'usage error',
    messages: [
      '--namespace is not an option; did you mean --namespaces?',
      '--leader-elect must have no value, got "maybe"',
      '--context must have a value: the context of the kubeconfig to use',
      '--namespaces must be names of namespaces, got "Ci"',
      '--gc must be one of enabled, dry-run, disabled, got "off"',
      '--orphan-grace must be a duration such as 30s, 1m30s or 1h, got "1"',
      '--concurrency must be a whole number from 1 to 9999, got "0"',
      '--health-address must be an address such as :8081 or 127.0.0.1:8081, or 0 for none, got "8081"',
      '--lease-duration must be longer than --lease-renew-deadline, or two could lead at once',
    ],
  })
})

test('help and version are asked for, whatever else is wrong', () => {
  assert.deepEqual(parseCommandLine(['--nonsense', '-h'], {}), { kind: 'help' })
  assert.deepEqual(parseCommandLine(['--version', '--gc=off'], {}), { kind: 'version' })
  assert.match(usage(), /^ {2}--gc MODE {2,}enabled, dry-run \(logs what it would delete\) or disabled \(enabled\)$/m)
})
