import { test } from 'node:test'
import { needs } from '../../servers/binaries.ts'
import { startEngineStage } from '../engine-stage.ts'
import { lifeOfABuilder } from '../life-of-a-builder.ts'
import { startKptLive } from './start-kpt-live.ts'

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
