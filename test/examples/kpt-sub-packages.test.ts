import assert from 'node:assert/strict'
import { test } from 'node:test'
import { needs } from '../harness/servers/binaries.ts'
import { examplePath } from './example-names.ts'
import { copyOf, KPTFILE } from './kpt-package.ts'

const needsKpt = { skip: needs('kpt') }
const WITHOUT_PIPELINE = KPTFILE.slice(0, KPTFILE.indexOf('pipeline:'))

const template = `apiVersion: buildkit.seatgeek.io/v1alpha1
kind: BuildkitTemplate
metadata:
  name: web
  namespace: some-ns
spec:
  port: 4321
`
const buildkit = (of: string) => `apiVersion: buildkit.seatgeek.io/v1alpha1
kind: Buildkit
metadata:
  name: web
  namespace: some-ns
spec:
  template: ${of}
`

test('a sub-package without a pipeline is rendered with the templates of the package above', needsKpt, () => {
  const { files, render, write } = copyOf(examplePath('quickstart'))
  write({ 'web/Kptfile': WITHOUT_PIPELINE, 'web/builders.yaml': buildkit('buildkit-arm64') })
  assert.equal(render().exitCode, 0)
  assert.match(String(files()['web/pod_web.yaml']), /buildkit\.seatgeek\.io\/buildkit: web$/m)
})

test('packages that both have the pipeline each keep their Pods, and rendering twice changes nothing', needsKpt, () => {
  const { files, render, write } = copyOf(examplePath('quickstart'))
  write({ 'web/Kptfile': KPTFILE, 'web/builders.yaml': `${template}---\n${buildkit('web')}` })
  assert.equal(render().exitCode, 0)
  const first = files()
  assert.deepEqual(
    Object.keys(first).filter((path) => path.includes('pod_')),
    ['pod_buildkit-arm64-instance.yaml', 'web/pod_web.yaml'],
  )
  assert.equal(render().exitCode, 0)
  assert.deepEqual(files(), first)
})

test('a sub-package with a pipeline does not see the templates above, and nothing is written', needsKpt, () => {
  const { files, render, write } = copyOf(examplePath('quickstart'))
  write({ 'web/Kptfile': KPTFILE, 'web/builders.yaml': buildkit('buildkit-arm64') })
  const { exitCode, stderr } = render()
  assert.equal(exitCode, 1)
  assert.ok(stderr.includes('in namespace "some-ns", got "buildkit-arm64"; there is none'), stderr)
  assert.ok(!Object.keys(files()).some((path) => path.includes('pod_')))
})

test('the Pod of a Buildkit that leaves a sub-package goes with its file', needsKpt, () => {
  const { files, render, write } = copyOf(examplePath('quickstart'))
  write({ 'web/Kptfile': WITHOUT_PIPELINE, 'web/builders.yaml': `${template}---\n${buildkit('web')}` })
  render()
  write({ 'web/builders.yaml': template })
  assert.equal(render().exitCode, 0)
  assert.deepEqual(
    Object.keys(files()).filter((path) => path.includes('pod_')),
    ['pod_buildkit-arm64-instance.yaml'],
  )
})
