import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { needs } from '../../harness/servers/binaries.ts'
import { eventually } from '../../harness/servers/eventually.ts'
import { bringUp, columns, podName } from '../../harness/servers/package.ts'
import { startNoisyStage } from './noisy-stage.ts'

const POD = podName('b', 1)
const DEFINITION = 'buildkits.buildkit.seatgeek.io'

test('a CRD that is deleted takes its Buildkits with it, and no Pod; once both are back, so is the endpoint', {
  skip: needs('etcd', 'kube-apiserver', 'kubectl'),
}, async () => {
  const stage = await startNoisyStage(['--deletion-quarantine=1s', '--orphan-grace=1s'])
  try {
    const pkg = await stage.createPackage()
    await bringUp(pkg, { buildkit: 'b', pod: POD, ip: '10.0.0.1' })
    const { kubectl } = stage.cluster
    const { stdout: definition } = await kubectl(['get', 'crd', DEFINITION, '--output=json'])
    await kubectl(['delete', 'crd', DEFINITION])
    await setTimeout(45_000)
    assert.deepEqual(await pkg.pods(), [POD])
    assert.equal(await stage.controller().metric('buildkit_cache_synced', 'buildkits'), 0)
    await kubectl(['create', '-f', '-'], { input: definition.replace(/"resourceVersion":[^,]*,/, '') })
    await kubectl(['wait', `crd/${DEFINITION}`, '--for=condition=Established'])
    await setTimeout(1000)
    await pkg.applyBuildkit('b', POD)
    await eventually(columns(pkg, 'b'), ['tcp://10.0.0.1:1234', 'True', 'PodReady'], 40)
    assert.deepEqual(await pkg.pods(), [POD])
  } finally {
    await stage.stop()
  }
})
