import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseCommandLine } from '../../controller/command-line.ts'
import { usage } from '../../controller/options.ts'
import { GC_MODES, LOG_LEVELS } from '../../controller/settings.ts'

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

test('without arguments the defaults of the help text apply', () => {
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

test('an address is a host with a port, a port on every address, or disabled', () => {
  const command = parseCommandLine(['--health-address=[::1]:9', '--metrics-address=0'], {})
  assert.deepEqual(command, {
    kind: 'run',
    settings: { ...DEFAULTS, healthAddress: { host: '::1', port: 9 }, metricsAddress: undefined },
  })
})

test('an option may have its value after a space, and a single dash as in Go programs', () => {
  const args = ['-gc', 'dry-run', '--leader-elect=false', '-log-level=debug', '--namespaces=']
  assert.deepEqual(parseCommandLine(args, { BUILDKIT_CONTROLLER_LEADER_ELECT: 'true' }), {
    kind: 'run',
    settings: { ...DEFAULTS, gc: 'dry-run', logLevel: 'debug' },
  })
})

test('an empty variable counts as absent, and variables of a Service of the same name are ignored', () => {
  const env = {
    BUILDKIT_CONTROLLER_GC: '',
    BUILDKIT_CONTROLLER_HELP: 'true',
    BUILDKIT_CONTROLLER_PORT: 'tcp://10.0.0.1:8080',
    BUILDKIT_CONTROLLER_SERVICE_HOST: '10.0.0.1',
  }
  assert.deepEqual(parseCommandLine([], env), { kind: 'run', settings: DEFAULTS })
})

test('all mistakes are reported at once, each with its option or variable', () => {
  const args = [
    '--namespace=ci',
    '-heath-address=:1',
    '--orphan-grace=1',
    '--concurrency=0',
    '--namespaces=Ci',
    '--health-address=8081',
    '--lease-duration=5s',
    '--lease-name=a/b',
    '--lease-namespace=',
    '--kubeconfig',
    '--gc',
    'off',
    'run',
    '--leader-elect=maybe',
  ]
  const env = { BUILDKIT_CONTROLLER_LOG_LEVEL: 'loud', BUILDKIT_CONTROLLER_LEASE_RETRY_PERIOD: '9s' }
  assert.deepEqual(parseCommandLine([...args, '--context'], env), {
    kind: 'usage error',
    messages: [
      '--kubeconfig must have a value: kubeconfig file, as in kubectl',
      '--context must have a value: context of the kubeconfig to use',
      '--namespace is not an option; did you mean --namespaces?',
      '--heath-address is not an option; did you mean --health-address?',
      '--lease-namespace must have a value: namespace of the Lease; that of the Pod or context, else "default"',
      '--leader-elect must be true or false, got "maybe"',
      'arguments must be options, got "run"',
      '--namespaces must be a list of namespaces, got "Ci"',
      '--gc must be one of enabled, dry-run, disabled, got "off"',
      '--orphan-grace must be a duration such as 30s, 1m30s or 1h, got "1"',
      '--concurrency must be a whole number from 1 to 9999, got "0"',
      '--lease-name must be a valid Kubernetes name, got "a/b"',
      '--lease-renew-deadline must be longer than 1.2 times BUILDKIT_CONTROLLER_LEASE_RETRY_PERIOD (9s), got "10s"',
      '--lease-duration must be longer than --lease-renew-deadline (10s), got "5s"',
      '--health-address must be an address such as :8081 or 127.0.0.1:8081, or 0 to disable it, got "8081"',
      'BUILDKIT_CONTROLLER_LOG_LEVEL must be one of debug, info, warn, error, got "loud"',
    ],
  })
})

test('a wrong value never disables leader election', () => {
  for (const slip of ['yes', 'True', '1', 'on']) {
    assert.deepEqual(parseCommandLine([], { BUILDKIT_CONTROLLER_LEADER_ELECT: slip }), {
      kind: 'usage error',
      messages: [`BUILDKIT_CONTROLLER_LEADER_ELECT must be true or false, got "${slip}"`],
    })
  }
})

test('the retry period of the Lease must not be zero', () => {
  assert.deepEqual(parseCommandLine(['--lease-retry-period=0s'], {}), {
    kind: 'usage error',
    messages: ['--lease-retry-period must be longer than 0s, got "0s"'],
  })
})

test('a grace must not be negative', () => {
  assert.deepEqual(parseCommandLine(['--handover-grace=-1s'], {}), {
    kind: 'usage error',
    messages: ['--handover-grace must be a duration such as 30s, 1m30s or 1h, got "-1s"'],
  })
})

test('help and version work, whatever else is wrong', () => {
  assert.deepEqual(parseCommandLine(['--nonsense', '-h'], {}), { kind: 'help' })
  assert.deepEqual(parseCommandLine(['--version', '--gc=off'], {}), { kind: 'version' })
})

test('the help text has every option on a line of at most 110 characters', () => {
  const lines = usage().split('\n')
  assert.ok(
    lines.includes(
      '  --gc MODE                        deletion of Pods: enabled, dry-run (only logs) or disabled (enabled)',
    ),
  )
  assert.ok(lines.includes('  --help, -h                       print this help'))
  assert.deepEqual(
    lines.filter((line) => line.length > 110),
    [],
  )
})

test('no value of an option is a boolean in YAML 1.1', () => {
  const booleans = ['y', 'n', 'yes', 'no', 'on', 'off', 'true', 'false']
  assert.deepEqual(
    [...GC_MODES, ...LOG_LEVELS].filter((word) => booleans.includes(word)),
    [],
  )
})
