import { after, before, suite, test } from 'node:test'
import { type EngineStage, startEngineStage } from '../../harness/engines/engine-stage.ts'
import { startFluxEngine } from '../../harness/engines/flux/start-flux-engine.ts'
import { needs } from '../../harness/servers/binaries.ts'
import { lifeOfClaims } from '../claims/life-of-claims.ts'
import { lifeOfReplicas } from '../replicas/life-of-replicas.ts'

suite('under Flux', {
  skip: needs('etcd', 'kube-apiserver', 'kubectl', 'kube-controller-manager', 'kube-scheduler', 'kustomize-controller'),
}, () => {
  let stage: EngineStage
  before(async () => {
    stage = await startEngineStage(startFluxEngine, { hasStorage: true })
  })
  after(() => stage.stop())

  test('builders of several Pods work from their creation to their deletion', (t) =>
    lifeOfReplicas(stage, (text) => t.diagnostic(text)))

  test('claims are managed from their creation to their deletion', (t) =>
    lifeOfClaims(stage, (text) => t.diagnostic(text)))
})
