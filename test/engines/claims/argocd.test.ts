import { test } from 'node:test'
import { startArgoCdEngine } from '../../harness/engines/argocd/argocd-engine.ts'
import { startEngineStage } from '../../harness/engines/engine-stage.ts'
import { needs } from '../../harness/servers/binaries.ts'
import { lifeOfClaims } from './life-of-claims.ts'

test('Argo CD manages claims from their creation to their deletion', {
  skip: needs(
    'etcd',
    'kube-apiserver',
    'kubectl',
    'kube-controller-manager',
    'kube-scheduler',
    'argocd',
    'redis-server',
  ),
}, async (t) => {
  const stage = await startEngineStage(startArgoCdEngine, { hasStorage: true })
  try {
    await lifeOfClaims(stage, (text) => t.diagnostic(text))
  } finally {
    await stage.stop()
  }
})
