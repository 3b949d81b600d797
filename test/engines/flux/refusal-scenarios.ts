import assert from 'node:assert/strict'
import {
  APPLIED,
  type Builder,
  builderUnder,
  FIRST,
  type FluxStage,
  newBuilder,
  SECOND,
  verdict,
  verdictIs,
} from '../../harness/engines/flux/flux-stage.ts'
import { eventually } from '../../harness/servers/eventually.ts'
import { refuseBuildkits } from './refuse-buildkits.ts'
import type { Scenarios } from './scenarios.ts'

const REFUSED = 'False ReconciliationFailed'

/** A change that the API server refuses a part of: Flux says so, nothing of it is applied, and the builder serves on. */
async function refused({
  builder,
  change,
  message,
}: {
  readonly builder: Builder
  readonly change: string
  readonly message: RegExp
}): Promise<void> {
  const before = await builder.look()
  await builder.push(change)
  await verdictIs(builder, { verdict: REFUSED, message })
  assert.deepEqual(await builder.look(), before)
}

async function setPodSecurity({ cluster }: FluxStage, { namespace }: Builder, level: string): Promise<void> {
  const labels = { 'pod-security.kubernetes.io/enforce': level }
  await cluster.request('PATCH', `/api/v1/namespaces/${namespace}`, { metadata: { labels } })
}

/** As the controller of quotas would have it, which does not run here: room for so many Pods, and one there. */
async function setQuota({ cluster: { request } }: FluxStage, { namespace }: Builder, pods: number): Promise<void> {
  const path = `/api/v1/namespaces/${namespace}/resourcequotas`
  await request('POST', path, { metadata: { name: 'pods' }, spec: { hard: { pods } } })
  await request('PATCH', `${path}/pods/status`, { status: { hard: { pods }, used: { pods: 1 } } })
}

export const REFUSALS: Scenarios = {
  'a roll whose Pod exceeds a ResourceQuota leaves everything as it is': async (stage) => {
    const builder = await builderUnder(stage)
    await setQuota(stage, builder, 1)
    await refused({ builder, change: await builder.rendered(SECOND), message: /exceeded quota: pods/ })
  },

  'a roll whose Pod violates Pod Security leaves everything as it is, and comes once it may': async (stage) => {
    const builder = await builderUnder(stage)
    await setPodSecurity(stage, builder, 'baseline')
    await refused({
      builder,
      change: await builder.rendered(SECOND),
      message: /violates PodSecurity "baseline:latest"/,
    })
    const { pods } = await builder.look()
    await setPodSecurity(stage, builder, 'privileged')
    await eventually(async () => (await builder.look()).pods.length, 1)
    await eventually(() => verdict(builder), APPLIED)
    assert.notDeepEqual((await builder.look()).pods, pods)
  },

  'a new builder whose Pod is refused leaves nothing half done': async (stage) => {
    const builder = await newBuilder(stage)
    await setPodSecurity(stage, builder, 'baseline')
    await builder.push(await builder.rendered(FIRST))
    await eventually(() => verdict(builder), REFUSED)
    assert.deepEqual(await builder.look(), { endpoint: '', ready: '', pods: [] })
  },

  'a Buildkit that the CRD refuses keeps its new Pod from being applied, too': async (stage) => {
    const builder = await builderUnder(stage)
    const change = (await builder.rendered(SECOND)).replace('template: small', 'template: [small]')
    await refused({ builder, change, message: /Buildkit.*spec\.template/s })
  },

  'a Buildkit that is refused after its Pod was applied keeps its old Pod, and moves once it may': async (stage) => {
    const builder = await builderUnder(stage)
    const before = await builder.look()
    const allow = await refuseBuildkits(stage.cluster, builder.namespace)
    await builder.push(await builder.rendered(SECOND))
    await verdictIs(builder, { verdict: REFUSED, message: /not today/ })
    const { pods, ...rest } = await builder.look()
    assert.deepEqual({ pods: pods.length, ...rest }, { ...before, pods: 2 })
    await allow()
    await eventually(async () => (await builder.look()).pods.length, 1)
    await eventually(() => verdict(builder), APPLIED)
    assert.notEqual((await builder.look()).endpoint, before.endpoint)
  },
}
