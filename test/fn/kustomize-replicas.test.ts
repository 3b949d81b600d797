import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { parseAllDocuments } from 'yaml'
import { needs } from '../harness/servers/binaries.ts'
import { runProgram } from '../harness/servers/run-program.ts'
import { BUNDLE, kustomize, layer } from './kustomize-layer.ts'

const PACKAGE = `apiVersion: buildkit.seatgeek.io/v1alpha1
kind: BuildkitTemplate
metadata: {name: small, namespace: ci}
spec: {service: {}}
---
apiVersion: buildkit.seatgeek.io/v1alpha1
kind: Buildkit
metadata: {name: shop, namespace: ci}
spec: {template: small, replicas: 3}
`
const RENAMES =
  'namePrefix: p-\nnameSuffix: -s\nnamespace: prod\nconfigurations: [name-references.yaml]\nlabels: [{pairs: {team: a}, includeSelectors: true}]\n'

const render = async (input: string) => (await runProgram(BUNDLE, ['build', '-'], { input })).stdout

async function built(files: Readonly<Record<string, string>>): Promise<string> {
  const { code, stdout, stderr } = await kustomize(layer(files))
  assert.equal(code, 0, stderr)
  return stdout
}

/** What a Buildkit names, and the Pods, the Service and the PodDisruptionBudget that there are; kustomize has them in the order of names. */
function replicasIn(stream: string) {
  const objects = parseAllDocuments(stream).map((document) => document.toJS())
  const ofKind = (kind: string) => objects.filter((one) => one.kind === kind)
  const [[{ spec }], [service], [budget]] = [ofKind('Buildkit'), ofKind('Service'), ofKind('PodDisruptionBudget')]
  return {
    podName: spec.podName,
    podNames: spec.podNames,
    pods: ofKind('Pod')
      .map(({ metadata }) => metadata.name)
      .sort(),
    selectors: [service.spec.selector, budget.spec.selector.matchLabels],
    names: [service.metadata.name, budget.metadata.name],
  }
}

suite('replicas under kustomize', { skip: needs('kustomize') }, () => {
  test('a layer above the rendering one that renames keeps the names of all Pods right', async () => {
    const rendered = await render(PACKAGE)
    const before = replicasIn(rendered)
    const after = replicasIn(
      await built({ 'rendered.yaml': rendered, 'kustomization.yaml': `resources: [rendered.yaml]\n${RENAMES}` }),
    )
    const renamed = (names: readonly string[]) => names.map((name) => `p-${name}-s`)
    const selector = { 'buildkit.seatgeek.io/buildkit': 'shop', team: 'a' }
    assert.equal(before.pods.length, 3)
    assert.deepEqual(after, {
      podName: `p-${before.podName}-s`,
      podNames: renamed(before.podNames),
      pods: renamed(before.pods),
      selectors: [selector, selector],
      names: ['p-shop-s', 'p-shop-s'],
    })
  })

  test('what a layer adds to selectors stays while all Pods have it, and goes with the next Pods', async () => {
    const labelled = 'resources: [rendered.yaml]\nlabels: [{pairs: {team: a}, includeSelectors: true}]\n'
    const above = await built({ 'rendered.yaml': await render(PACKAGE), 'kustomization.yaml': labelled })
    const { code, stderr } = await runProgram(BUNDLE, ['check', '-'], { input: above })
    assert.deepEqual([code, stderr.match(/error/g)], [0, null])
    const selector = { 'buildkit.seatgeek.io/buildkit': 'shop' }
    assert.deepEqual(replicasIn(await render(above)).selectors, [
      { ...selector, team: 'a' },
      { ...selector, team: 'a' },
    ])
    const grown = replicasIn(await render(above.replace('replicas: 3', 'replicas: 4')))
    assert.deepEqual([grown.selectors, grown.pods.length], [[selector, selector], 4])
  })

  test('a function in the layer that renames gives all Pods their last names', async () => {
    const stdout = await built({
      'package.yaml': PACKAGE,
      'kustomization.yaml': `resources: [package.yaml]\n${RENAMES}transformers: [render.yaml]\n`,
    })
    const { podNames, pods } = replicasIn(stdout)
    assert.deepEqual([[...podNames].sort(), pods.length], [pods, 3])
    for (const name of pods) assert.match(name, /^p-shop-s-\w{10}$/)
    assert.equal((await runProgram(BUNDLE, ['check', '-'], { input: stdout })).code, 0)
  })
})
