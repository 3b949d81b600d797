import { test } from 'node:test'
import { startEngineStage } from '../harness/engines/engine-stage.ts'
import { lifeOfABuilder } from '../harness/engines/life-of-a-builder.ts'
import { startKptLive } from '../harness/engines/start-kpt-live.ts'
import { needs } from '../harness/servers/binaries.ts'

test('kpt live manages a builder from its creation to its deletion', {
  skip: needs('etcd', 'kube-apiserver', 'kubectl', 'kpt'),
}, async (t) => {
  const stage = await startEngineStage(startKptLive)
  try {
    await lifeOfABuilder(stage, (text) => t.diagnostic(text))
  } finally {
    await stage.stop()
  }
})
