import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toStatus } from '../../../controller/observe/to-status.ts'
import { FIRST } from '../decide-cases/builder.ts'
import { readyStatus } from '../decide-cases/status.ts'

const failures = { podName: FIRST, count: 2, lastTime: '2026-11-24T11:00:00Z' }
const ours = { ...readyStatus(FIRST, { failures }), tlsServerName: 'small.ci.svc' }
const endpoint = {
  podName: FIRST,
  replica: 1,
  nodeName: 'node-1',
  address: 'tcp://10.0.0.1:1234',
  tlsServerName: 'small.ci.svc',
}
const other = { type: 'Other', status: 'True', reason: 'X', lastTransitionTime: 'yesterday' }
const [ready] = ours.conditions ?? []

test('a status that the controller has written is kept as it is', () => {
  assert.deepEqual(toStatus(ours), { status: ours, isForeign: false })
})

test('an absent status, and the default of the CRD, are kept as they are', () => {
  for (const status of [{}, { observedGeneration: -1 }])
    assert.deepEqual(toStatus(status), { status, isForeign: false })
  assert.deepEqual(toStatus(undefined), { status: {}, isForeign: false })
})

test('conditions of others are kept', () => {
  const status = { ...ours, conditions: [other, ...(ours.conditions ?? [])] }
  assert.deepEqual(toStatus(status), { status, isForeign: false })
})

/** What is written, and what of it is kept; the rest counts as absent. */
const foreign: Readonly<Record<string, readonly [written: object, kept: object]>> = {
  'a time that does not exist': [{ podSince: '2026-01-01T00:00:00+99:99' }, {}],
  'a time of another zone': [{ podSince: '2026-01-01T01:00:00.5+01:00' }, { podSince: '2026-01-01T00:00:00Z' }],
  'times outside of the years that can be written': [
    {
      podSince: '9999-12-31T23:59:59-12:00',
      conditions: [{ ...ready, lastTransitionTime: '0000-01-01T00:00:00+12:00' }],
    },
    { conditions: [] },
  ],
  'a generation of another condition that is not a safe integer': [
    { conditions: [{ ...other, observedGeneration: 2 ** 63 }, ready] },
    { conditions: [ready] },
  ],
  'a number for a text': [{ endpoint: 1, tlsServerName: 4, podName: 2, podSince: 3 }, {}],
  'a generation that is not a safe integer': [{ observedGeneration: 2 ** 60 }, {}],
  'texts that are too long': [
    { endpoint: 'x'.repeat(513), tlsServerName: 'x'.repeat(254), podName: 'x'.repeat(254) },
    {},
  ],
  'a server name that is no DNS name': [{ tlsServerName: 'Small_ci' }, {}],
  'a count of failures that cannot be incremented': [
    { failures: [{ ...failures, count: 2 ** 31 - 1 }] },
    { failures: [{ ...failures, count: 1_000_000 }] },
  ],
  'less than one failure': [{ failures: [{ ...failures, count: -5 }] }, { failures: [{ ...failures, count: 1 }] }],
  'failures without a time': [{ failures: [{ ...failures, lastTime: 'x' }] }, { failures: [] }],
  'an object for a list': [{ conditions: {}, resourceRefs: {}, endpoints: {}, podNames: {}, failures }, {}],
  'endpoints that clients cannot use': [
    { endpoints: [null, { podName: 'b' }, { ...endpoint, replica: '1', nodeName: 1, tlsServerName: 'Small_ci' }] },
    { endpoints: [{ podName: endpoint.podName, address: endpoint.address }] },
  ],
  'names that are none': [{ podNames: ['b', 1, null] }, { podNames: ['b'] }],
  'a number of replicas that is none': [{ readyReplicas: 1.5 }, {}],
  'invalid conditions': [{ conditions: [null, 'x', { type: 'Ready' }, ready] }, { conditions: [ready] }],
  'a condition of ours since a day that does not exist': [
    { conditions: [{ ...ready, lastTransitionTime: 'x' }, other] },
    { conditions: [other] },
  ],
  'too many conditions of others': [
    {
      conditions: [
        { ...other, message: 'x'.repeat(16_000) },
        { ...other, type: 'Another', message: 'x'.repeat(400) },
        ready,
      ],
    },
    { conditions: [{ ...other, message: 'x'.repeat(16_000) }, ready] },
  ],
  'references to other objects than Pods': [{ resourceRefs: [{ kind: 'Secret' }, null] }, { resourceRefs: [] }],
  'a field that this version does not know': [{ tomorrow: true }, {}],
}

for (const [what, [written, kept]] of Object.entries(foreign)) {
  test(`${what} is not used, and counts as foreign`, () => {
    assert.deepEqual(toStatus(written), { status: kept, isForeign: true })
    assert.deepEqual(toStatus(kept), { status: kept, isForeign: false })
  })
}

test('at most thirty-two references are kept', () => {
  const ref = (_: unknown, index: number) => ({
    group: '',
    version: 'v1',
    kind: 'Pod',
    name: `x${index}`,
    namespace: 'ci',
  })
  const resourceRefs = Array.from({ length: 40 }, ref)
  assert.deepEqual(toStatus({ resourceRefs }), { status: { resourceRefs: resourceRefs.slice(0, 32) }, isForeign: true })
})
