import { test } from 'node:test'
import { startEngineStage } from '../../harness/engines/engine-stage.ts'
import { startKptLive } from '../../harness/engines/start-kpt-live.ts'
import { needs } from '../../harness/servers/binaries.ts'
import { lifeOfClaims } from './life-of-claims.ts'

test('kpt live manages claims from their creation to their deletion', {
  skip: needs('etcd', 'kube-apiserver', 'kubectl', 'kube-controller-manager', 'kube-scheduler', 'kpt'),
}, async (t) => {
  const stage = await startEngineStage(startKptLive, { hasStorage: true })
  try {
    await lifeOfClaims(stage, (text) => t.diagnostic(text))
  } finally {
    await stage.stop()
  }
})
