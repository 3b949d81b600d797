import { test } from 'node:test'
import { startEngineStage } from '../../harness/engines/engine-stage.ts'
import { startFluxEngine } from '../../harness/engines/flux/start-flux-engine.ts'
import { needs } from '../../harness/servers/binaries.ts'
import { lifeOfClaims } from './life-of-claims.ts'

test('Flux manages claims from their creation to their deletion', {
  skip: needs('etcd', 'kube-apiserver', 'kubectl', 'kube-controller-manager', 'kube-scheduler', 'kustomize-controller'),
}, async (t) => {
  const stage = await startEngineStage(startFluxEngine, { hasStorage: true })
  try {
    await lifeOfClaims(stage, (text) => t.diagnostic(text))
  } finally {
    await stage.stop()
  }
})
