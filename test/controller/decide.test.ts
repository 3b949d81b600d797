import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { decide } from '../../controller/decide.ts'
import type { Observation } from '../../controller/observation.ts'
import { absence } from './decide-cases/absence.ts'
import { at, NOW } from './decide-cases/builder.ts'
import type { Cases } from './decide-cases/case.ts'
import { clocks } from './decide-cases/clocks.ts'
import { conditions } from './decide-cases/conditions.ts'
import { crashes } from './decide-cases/crashes.ts'
import { ended } from './decide-cases/ended.ts'
import { endpoint } from './decide-cases/endpoint.ts'
import { endpointLost } from './decide-cases/endpoint-lost.ts'
import { failures } from './decide-cases/failures.ts'
import { naming } from './decide-cases/naming.ts'
import { reasons } from './decide-cases/reasons.ts'
import { recreate } from './decide-cases/recreate.ts'
import { refusals } from './decide-cases/refusals.ts'
import { replicas } from './decide-cases/replicas.ts'
import { replicasRecreate } from './decide-cases/replicas-recreate.ts'
import { superseded } from './decide-cases/superseded.ts'
import { suspended } from './decide-cases/suspended.ts'
import { takeOver } from './decide-cases/take-over.ts'
import { tls } from './decide-cases/tls.ts'
import { volumes } from './decide-cases/volumes.ts'

const tables: Readonly<Record<string, Cases>> = {
  endpoint: endpoint,
  'endpoint that is lost': endpointLost,
  conditions,
  'why a builder is not ready': reasons,
  'superseded Pods': superseded,
  handover: takeOver,
  'several Pods': replicas,
  'several Pods that can only follow': replicasRecreate,
  'handover to a Pod that can only follow': recreate,
  'ended Pods': ended,
  'counted failures': failures,
  'deletions that admission refuses': refusals,
  'Pods without a Buildkit': absence,
  'clocks that differ': clocks,
  'names and owners of Pods': naming,
  'crashing Pods': crashes,
  'endpoints with TLS': tls,
  'suspended Buildkits': suspended,
  'Pods that wait for their volumes': volumes,
}

for (const [title, cases] of Object.entries(tables)) {
  suite(title, () => {
    for (const [sentence, { observation, decision }] of Object.entries(cases)) {
      test(sentence, () => {
        const { writeDue: _, ...decided } = decide(observation, at(NOW))
        assert.deepEqual(decided, { deletions: [], mustConfirmAbsence: false, ...decision })
      })
    }
  })
}

const cases = Object.values(tables).flatMap((table) => Object.entries(table))

test('a decision is stable: with its status written, the next one at the same moment is equal', () => {
  for (const [sentence, { observation }] of cases) {
    const { status } = decide(observation, at(NOW))
    if (!(observation.buildkit && status)) continue
    const written = { ...observation, buildkit: { ...observation.buildkit, status } }
    assert.deepEqual(decide(written, at(NOW)).status, status, sentence)
  }
})

test('a decision does not depend on the order of Pods and does not change its input', () => {
  for (const [sentence, { observation }] of cases) {
    const reversed: Observation = { ...observation, pods: observation.pods.toReversed() }
    assert.deepEqual(decide(frozen(reversed), at(NOW)), decide(frozen(observation), at(NOW)), sentence)
  }
})

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    for (const part of Object.values(value)) frozen(part)
    Object.freeze(value)
  }
  return value
}
