import assert from 'node:assert/strict'
import { test } from 'node:test'
import { needs } from '../harness/servers/binaries.ts'
import { KPTFILE, packageOf } from './kpt-package.ts'

const CLEANS = `${KPTFILE.trimEnd()}\n      configMap: {mode: clean}\n`
const BUILDERS = `apiVersion: buildkit.seatgeek.io/v1alpha1
kind: BuildkitTemplate
metadata: {name: warm, namespace: ci}
spec: {cache: {claim: {size: 10Gi}}}
---
apiVersion: buildkit.seatgeek.io/v1alpha1
kind: Buildkit
metadata: {name: shop, namespace: ci}
spec: {template: warm}
`
/** Somebody else's, with our label. */
const STRANGER = `apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: shop-data
  namespace: ci
  labels: {buildkit.seatgeek.io/buildkit: shop}
spec:
  accessModes: [ReadWriteOnce]
  resources: {requests: {storage: 1Gi}}
`
const written = { Kptfile: KPTFILE, 'builders.yaml': BUILDERS, 'stranger.yaml': STRANGER }
const needsKpt = { skip: needs('kpt') }

test('kpt renders a claim into the file of its Pod, and rendering twice changes nothing', needsKpt, () => {
  const { files, render } = packageOf(written)
  assert.equal(render().exitCode, 0)
  const first = files()
  assert.deepEqual(first['pod_shop.yaml']?.match(/^kind: .*$/gm), ['kind: PersistentVolumeClaim', 'kind: Pod'])
  assert.equal(render().exitCode, 0)
  assert.deepEqual(files(), first)
})

test(
  'the claim of a Buildkit that leaves a package goes with its Pod, and one of somebody else stays',
  needsKpt,
  () => {
    const { files, render, write } = packageOf(written)
    render()
    write({ 'builders.yaml': BUILDERS.slice(0, BUILDERS.indexOf('---')) })
    assert.equal(render().exitCode, 0)
    assert.deepEqual(Object.keys(files()), ['builders.yaml', 'stranger.yaml'])
    assert.equal(files()['stranger.yaml'], STRANGER)
  },
)

test('`mode: clean` removes claims with their Pods, and leaves one of somebody else as it came', needsKpt, () => {
  const { files, render, write } = packageOf(written)
  render()
  write({ Kptfile: CLEANS })
  assert.equal(render().exitCode, 0)
  assert.deepEqual(files(), { 'builders.yaml': BUILDERS, 'stranger.yaml': STRANGER })
})
