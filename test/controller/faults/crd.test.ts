import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { needs } from '../../harness/servers/binaries.ts'
import { startNoisyStage } from './noisy-stage.ts'
import { allServe, applyNames, BOTH, bringUpAll, podsOfAll } from './sized.ts'

const DEFINITION = 'buildkits.buildkit.seatgeek.io'

test('deleting the CRD deletes its Buildkits and no Pod; once both are back, so are the endpoints', {
  skip: needs('etcd', 'kube-apiserver', 'kubectl'),
}, async () => {
  const stage = await startNoisyStage(['--deletion-quarantine=1s', '--orphan-grace=1s'])
  try {
    const pkg = await stage.createPackage()
    await bringUpAll(pkg, BOTH)
    const { kubectl } = stage.cluster
    const { stdout: definition } = await kubectl(['get', 'crd', DEFINITION, '--output=json'])
    await kubectl(['delete', 'crd', DEFINITION])
    await setTimeout(45_000)
    assert.deepEqual(await pkg.pods(), podsOfAll(BOTH, 1))
    assert.equal(await stage.controller().metric('buildkit_cache_synced', 'buildkits'), 0)
    await kubectl(['create', '-f', '-'], { input: definition.replace(/"resourceVersion":[^,]*,/, '') })
    await kubectl(['wait', `crd/${DEFINITION}`, '--for=condition=Established'])
    await setTimeout(1000)
    for (const sized of BOTH) await applyNames(pkg, sized, 1)
    await allServe(pkg, BOTH, { version: 1, seconds: 40 })
    assert.deepEqual(await pkg.pods(), podsOfAll(BOTH, 1))
  } finally {
    await stage.stop()
  }
})
