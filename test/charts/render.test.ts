import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { suite, test } from 'node:test'
import { parse } from 'yaml'
import { binary, needs } from '../harness/servers/binaries.ts'
import { type Outcome, runProgram } from '../harness/servers/run-program.ts'
import { CHART, helm, type Manifest, manifestsIn, template } from './helm.ts'
import { withoutHelm } from './without-helm.ts'

const CONFIG = join(import.meta.dirname, '../../config')
const GOLDEN = join(import.meta.dirname, 'golden.yaml')

suite('the chart', { skip: needs('helm') }, () => {
  test('passes helm lint without a warning', async () => {
    const { code, stdout, stderr } = await helm(['lint', '--strict', CHART])
    assert.deepEqual([code, stderr], [0, ''], stdout)
    assert.deepEqual(stdout.match(/^\[(?!INFO).*/gm), null)
  })

  test('renders its defaults as in test/charts/golden.yaml', async () => {
    const text = await template('--set', 'crds.install=false')
    if (process.env.UPDATE) writeFileSync(GOLDEN, text)
    assert.equal(text, readFileSync(GOLDEN, 'utf8'))
  })

  test('has the alerts of config/prometheus', async () => {
    const manifests = manifestsIn(await template('--set', 'metrics.prometheusRule.enabled=true'))
    const rules = parse(readFileSync(join(CONFIG, 'prometheus/rules.yaml'), 'utf8'))
    assert.deepEqual(manifests.find(({ kind }) => kind === 'PrometheusRule')?.spec, rules)
  })

  test('gives each release its own name, unless fullnameOverride is set', async () => {
    const namesOf = async (...args: readonly string[]) => {
      const { stdout } = await helm(['template', ...args, CHART, '--set', 'crds.install=false'])
      return [...new Set(manifestsIn(stdout).map(({ metadata }) => metadata.name))]
    }
    assert.deepEqual(await namesOf('a'), ['a-buildkit-controller', 'a-buildkit-controller-viewer'])
    const [own, viewer] = ['my-buildkit-controller', 'my-buildkit-controller-viewer']
    assert.deepEqual(await namesOf('my-buildkit-controller'), [own, viewer])
    assert.deepEqual(await namesOf('a', '--set', 'fullnameOverride=b'), ['b', 'b-viewer'])
  })

  test('lets those who may view read Buildkits, unless a value says otherwise', async () => {
    const viewers = async (...args: readonly string[]) =>
      manifestsIn(await template(...args)).filter(({ metadata }) => metadata.name.endsWith('-viewer')).length
    assert.equal(await viewers(), 1)
    for (const value of ['rbac.aggregateToView=false', 'rbac.create=false', 'watchNamespaces={builders}'])
      assert.equal(await viewers('--set', value), 0, value)
  })
})

suite('the chart and the plain manifests', { skip: needs('helm', 'kustomize') }, () => {
  const kustomize = async (folder: string) => succeeded(await runProgram(binary('kustomize'), ['build', folder]))

  test('are the same with default values, except for the Namespace and what belongs to Helm', async () => {
    const plain = await kustomize(join(CONFIG, 'default'))
    assert.deepEqual(
      byName(manifestsIn(await template()).map(withoutHelm)),
      byName(manifestsIn(plain).filter(({ kind }) => kind !== 'Namespace')),
    )
  })

  test('have the same permissions in a watched namespace', async () => {
    const isInBuilders = ({ metadata }: Manifest) => metadata.namespace === 'builders'
    const manifests = manifestsIn(await template('--set', 'watchNamespaces={builders}'))
    const plain = manifestsIn(await kustomize(join(CONFIG, 'controller/namespaced')))
    assert.deepEqual(
      byName(manifests.filter(isInBuilders).map(withoutHelm)),
      byName(plain.map((object) => ({ ...object, metadata: { ...object.metadata, namespace: 'builders' } }))),
    )
    assert.deepEqual(
      manifests.filter(({ kind }) => kind.startsWith('ClusterRole')),
      [],
    )
  })
})

function succeeded({ code, stdout, stderr }: Outcome): string {
  assert.equal(code, 0, stderr)
  return stdout
}

function byName(manifests: readonly Manifest[]): Readonly<Record<string, Manifest>> {
  return Object.fromEntries(manifests.map((object) => [`${object.kind}/${object.metadata.name}`, object]))
}
