import assert from 'node:assert/strict'
import { test } from 'node:test'
import { stringify } from 'yaml'
import { resultsOf } from '../rules-broken.ts'
import { ALL, buildkit, CLIENTS, only, policy, template } from './policy-objects.ts'

/** What rules about NetworkPolicies say. */
function saidOf(...objects: readonly object[]) {
  return resultsOf(objects.map((object) => stringify(object)).join('---\n')).map(({ tags, resourceRef, message }) => [
    tags?.rule,
    resourceRef?.name,
    message,
  ])
}

test('policies add up: one that denies and another that allows let clients in', () => {
  const deny = policy('deny', { ...ALL, policyTypes: ['Ingress'] })
  const allow = policy('allow', { ...only('a'), ingress: [{ ...CLIENTS, ports: [{ port: 'tcp' }] }] })
  assert.deepEqual(saidOf(template(), buildkit('a'), deny, allow), [])
})

test('builders that a policy leaves shut are counted, of those that it opens nothing is said', () => {
  const deny = policy('deny', { ...ALL, policyTypes: ['Ingress'] })
  const allow = policy('allow', { ...only('a'), ingress: [CLIENTS] })
  const builders = ['a', 'b', 'c', 'd'].map((name) => buildkit(name))
  assert.deepEqual(saidOf(template(), ...builders, deny, allow), [
    [
      'BK415',
      'deny',
      'must allow clients on port 1234, named "tcp", of the Pods of Buildkits "b" and 2 more; no NetworkPolicy in the package does; add a rule for this port',
    ],
  ])
})

test('a policy whose selectors have fields that are null selects all Pods', () => {
  const everyone = { podSelector: { matchLabels: null, matchExpressions: null } }
  const rules = policy('clients', { ...everyone, ingress: [{ from: [everyone], ports: [{ port: 'grpc' }] }] })
  assert.deepEqual(
    saidOf(template(), buildkit('a'), rules).map(([id]) => id),
    ['BK415'],
  )
})

const ports: readonly (readonly [string, object, boolean])[] = [
  ['its number', { port: 8372 }, true],
  ['its name', { port: 'tcp' }, true],
  ['another name', { port: 'grpc' }, false],
  ['another number', { port: 1234 }, false],
  ['a range', { port: 8000, endPort: 9000 }, true],
  ['a range before it', { port: 8000, endPort: 8371 }, false],
  ['UDP', { port: 8372, protocol: 'UDP' }, false],
  ['every TCP port', { protocol: 'TCP' }, true],
]
for (const [name, port, isOpen] of ports)
  test(`a port of a policy is that of a builder, or not: ${name}`, () => {
    const rules = policy('clients', { ...ALL, ingress: [{ ...CLIENTS, ports: [port] }] })
    const ids = saidOf(template(8372), buildkit('a'), rules).map(([id]) => id)
    assert.deepEqual(ids, isOpen ? [] : ['BK415'])
  })

test('a policy that says nothing of a direction does not restrict it', () => {
  const egress = policy('out', { ...ALL, policyTypes: ['Egress'], egress: [{}] })
  const ingress = policy('in', { ...ALL, ingress: [CLIENTS] })
  assert.deepEqual(saidOf(template(), buildkit('a'), egress, ingress), [])
})

test('a policy that speaks of the way out alone and names no types lets nobody in', () => {
  assert.deepEqual(saidOf(template(), buildkit('a'), policy('out', { ...ALL, egress: [{}] })), [
    [
      'BK415',
      'out',
      'must allow clients on port 1234, named "tcp", of the Pod of Buildkit "a"; no NetworkPolicy in the package does; add a rule for this port, or `policyTypes: [Egress]` if the policy is about egress only; without `policyTypes`, it restricts both directions',
    ],
  ])
})

const ways: readonly (readonly [string, readonly object[], string | undefined])[] = [
  ['nothing', [], 'must allow egress; the builder reaches neither name servers nor registries'],
  ['only HTTPS', [{ port: 443 }], 'must allow UDP on port 53; the builder cannot resolve registries'],
  [
    'only DNS',
    [{ port: 53, protocol: 'UDP' }],
    'must allow TCP on a port other than 53; the builder reaches no registry',
  ],
  ['both', [{ port: 443 }, { port: 53, protocol: 'UDP' }], undefined],
  [
    'DNS without its protocol, which is TCP',
    [{ port: 443 }, { port: 53 }],
    'must allow UDP on port 53; the builder cannot resolve registries',
  ],
  ['DNS of OpenShift', [{ port: 443 }, { port: 5353, protocol: 'UDP' }], undefined],
  ['ports by name', [{ port: 'https' }, { port: 'dns', protocol: 'UDP' }], undefined],
  ['all TCP', [{ protocol: 'TCP' }], 'must allow UDP on port 53; the builder cannot resolve registries'],
  ['all of both', [{ protocol: 'TCP' }, { protocol: 'UDP' }], undefined],
]
for (const [name, allowed, message] of ways)
  test(`a builder needs name servers and registries, and policies let out: ${name}`, () => {
    const egress = allowed.length === 0 ? [] : [{ ports: allowed }]
    const rules = policy('out', { ...ALL, ingress: [CLIENTS], egress, policyTypes: ['Ingress', 'Egress'] })
    const suffix = '; no NetworkPolicy in the package that selects the Pod of Buildkit "a" does'
    assert.deepEqual(saidOf(template(), buildkit('a'), rules), message ? [['BK416', 'out', `${message}${suffix}`]] : [])
  })

const nameServers = { podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } } }
for (const [name, peer, message] of [
  ['of another namespace', { ...nameServers, namespaceSelector: {} }, undefined],
  [
    "of the builders' own",
    nameServers,
    'must allow UDP on port 53 to the name servers in "kube-system"; a `podSelector` without `namespaceSelector` selects Pods of this namespace',
  ],
] as const)
  test(`name servers are Pods ${name}`, () => {
    const egress = [{ ports: [{ port: 443 }] }, { to: [peer], ports: [{ port: 53, protocol: 'UDP' }] }]
    const rules = policy('out', { ...ALL, ingress: [CLIENTS], egress, policyTypes: ['Ingress', 'Egress'] })
    const suffix = '; no NetworkPolicy in the package that selects the Pod of Buildkit "a" does'
    assert.deepEqual(saidOf(template(), buildkit('a'), rules), message ? [['BK416', 'out', `${message}${suffix}`]] : [])
  })

test('a policy for a builder that is not there names the one that is meant', () => {
  const meant = policy('shop', { ...only('shopp'), ingress: [CLIENTS] })
  assert.deepEqual(saidOf(template(), buildkit('shop'), meant), [
    ['BK414', 'shop', 'must select a builder, but no Pod in namespace "ci" has these labels; did you mean "shop"?'],
    [
      'BK417',
      'shop',
      'must have a NetworkPolicy that restricts who connects, as this package has some; everyone reaches the Pod of Buildkit "shop"',
    ],
  ])
})

test('a policy without a namespace may go to any, so that nothing is said of whom it selects', () => {
  const somewhere = { ...policy('a', only('b')), metadata: { name: 'a' } }
  assert.deepEqual(saidOf(template(), buildkit('a'), somewhere), [])
})

test('of a policy that the API server would refuse nothing is said', () => {
  assert.deepEqual(saidOf(template(), buildkit('a'), policy('odd', { podSelector: { labels: {} } })), [])
  assert.deepEqual(saidOf(template(), buildkit('a'), policy('odd', ['not', 'a', 'mapping'])), [])
})

test('where a policy restricts who reaches the Pod, an open debug address is fine', () => {
  const spec = { buildkitdToml: '[grpc]\n  debugAddress = ":6060"\n' }
  const open = { ...template(), spec }
  assert.deepEqual(
    saidOf(open, buildkit('a')).map(([id]) => id),
    ['BK408'],
  )
  assert.deepEqual(saidOf(open, buildkit('a'), policy('clients', { ...ALL, ingress: [CLIENTS] })), [])
})

test('a policy that lets everybody in on the debug address does not restrict who reaches it', () => {
  const open = { ...template(), spec: { buildkitdToml: '[grpc]\n  debugAddress = ":6060"\n' } }
  const idsWith = (rule: object) =>
    saidOf(open, buildkit('a'), policy('clients', { ...ALL, ingress: [CLIENTS, rule] })).map(([id]) => id)
  assert.deepEqual(idsWith({ ports: [{ port: 6060 }] }), ['BK408'])
  assert.deepEqual(idsWith({}), ['BK408', 'BK418'])
  assert.deepEqual(idsWith({ ports: [{ port: 'tcp' }] }), ['BK418'])
})

test('a policy for each of 2,000 builders is found by its name', () => {
  const names = Array.from({ length: 2000 }, (_, at) => `b${at}`)
  const policies = names.map((name) => policy(name, { ...only(name), ingress: [CLIENTS] }))
  const [first, ...others] = policies
  const builders = names.map((name) => buildkit(name))
  assert.deepEqual(saidOf(template(), ...builders, ...policies), [])
  assert.deepEqual(
    saidOf(template(), ...builders, ...others).map(([id, name]) => [id, name]),
    [['BK417', first?.metadata.name]],
  )
})
