import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { needs } from '../../harness/servers/binaries.ts'
import { makeReady, names, podNamesOf, publishedSeconds, startingBuilders } from './builders.ts'
import { startNoisyStage } from './noisy-stage.ts'

const DEFINITION = 'buildkits.buildkit.seatgeek.io'

test('deleting the CRD deletes its Buildkits and no Pod; once both are back, so are the endpoints', {
  skip: needs('etcd', 'kube-apiserver', 'kubectl'),
}, async () => {
  const stage = await startNoisyStage(['--deletion-quarantine=1s', '--orphan-grace=1s'])
  try {
    const pkg = await startingBuilders(stage)
    await makeReady(pkg)
    await publishedSeconds(pkg, 35)
    const pods = await pkg.pods()
    const { kubectl } = stage.cluster
    const { stdout: definition } = await kubectl(['get', 'crd', DEFINITION, '--output=json'])
    await kubectl(['delete', 'crd', DEFINITION])
    await setTimeout(45_000)
    assert.deepEqual(await pkg.pods(), pods)
    assert.equal(await stage.controller().metric('buildkit_cache_synced', 'buildkits'), 0)
    await kubectl(['create', '-f', '-'], { input: definition.replace(/"resourceVersion":[^,]*,/, '') })
    await kubectl(['wait', `crd/${DEFINITION}`, '--for=condition=Established'])
    await setTimeout(1000)
    for (const [builder, name] of names().entries()) await pkg.applyBuildkit(name, podNamesOf(builder))
    await publishedSeconds(pkg, 40)
    assert.deepEqual(await pkg.pods(), pods)
  } finally {
    await stage.stop()
  }
})
