import { after, before, suite, test } from 'node:test'
import { type FluxStage, startFluxStage } from '../../harness/engines/flux/flux-stage.ts'
import { lifeOfABuilder } from '../../harness/engines/life-of-a-builder.ts'
import { needs } from '../../harness/servers/binaries.ts'
import { DRIFT } from './drift-scenarios.ts'
import { HEALTH } from './health-scenarios.ts'
import { LIFE } from './life-scenarios.ts'
import { MANIFESTS } from './manifest-scenarios.ts'
import { REFUSALS } from './refusal-scenarios.ts'
import type { Scenarios } from './scenarios.ts'

const SCENARIOS: Scenarios = { ...HEALTH, ...LIFE, ...DRIFT, ...REFUSALS, ...MANIFESTS }

suite('under Flux', {
  skip: needs('etcd', 'kube-apiserver', 'kubectl', 'kustomize-controller'),
  concurrency: 8,
}, () => {
  let stage: FluxStage
  before(async () => {
    stage = await startFluxStage()
  })
  after(() => stage.stop())
  test('a builder lives from its creation to its end', (t) => lifeOfABuilder(stage, (text) => t.diagnostic(text)))
  for (const [name, scenario] of Object.entries(SCENARIOS)) test(name, () => scenario(stage))
})
