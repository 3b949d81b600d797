import { test } from 'node:test'
import { startEngineStage } from '../harness/engines/engine-stage.ts'
import { lifeOfABuilder } from '../harness/engines/life-of-a-builder.ts'
import { startKptLive } from '../harness/engines/start-kpt-live.ts'
import { needs } from '../harness/servers/binaries.ts'

test('a builder lives under kpt live, from its creation to its end', {
  skip: needs('etcd', 'kube-apiserver', 'kubectl', 'kpt'),
}, async (t) => {
  const stage = await startEngineStage(startKptLive)
  try {
    await lifeOfABuilder(stage, (text) => t.diagnostic(text))
  } finally {
    await stage.stop()
  }
})
