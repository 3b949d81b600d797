import assert from 'node:assert/strict'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { parse, stringify } from 'yaml'
import { API_VERSION } from '../../crds/names.ts'
import { needs } from '../harness/servers/binaries.ts'
import { type Cluster, startCluster } from '../harness/servers/cluster.ts'
import { eventually } from '../harness/servers/eventually.ts'
import { CHART, helm, RELEASE } from './helm.ts'

const DEFAULT = join(import.meta.dirname, '../../config/default')
const CRDS = join(import.meta.dirname, '../../crds/generated')
const BUILDKITS = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions/buildkits.buildkit.seatgeek.io'
const DEPLOYMENT = `/apis/apps/v1/namespaces/${RELEASE}/deployments/${RELEASE}`
const BUILDKIT = `/apis/${API_VERSION}/namespaces/default/buildkits/shop`

const skip = needs('etcd', 'kube-apiserver', 'kubectl', 'helm')
const older = olderChart()
let cluster: Cluster

before(async () => {
  if (!skip) cluster = await startCluster()
})
after(async () => {
  await cluster?.stop()
  rmSync(older, { recursive: true })
})

test('is installed with the CustomResourceDefinitions, and says what to do next', { skip }, async () => {
  const notes = await run('install', RELEASE, older, '--create-namespace')
  assert.match(notes, /watches all namespaces\.\n(.*\n)+.*kubectl get buildkits --all-namespaces\n/)
  assert.deepEqual(await columns(), ['Endpoint'])
  await createBuildkit()
})

test('brings the CustomResourceDefinitions to its own version when it is upgraded', { skip }, async () => {
  await run('upgrade', RELEASE, CHART)
  assert.deepEqual(await columns(), newestColumns())
})

test('takes them back when it is rolled back, and forth again', { skip }, async () => {
  await run('rollback', RELEASE, '1')
  assert.deepEqual(await columns(), ['Endpoint'])
  await run('rollback', RELEASE, '2')
  assert.deepEqual(await columns(), newestColumns())
})

test('leaves them and every Buildkit when it is uninstalled, and takes them over again', { skip }, async () => {
  await run('uninstall', RELEASE)
  assert.equal((await cluster.request('GET', DEPLOYMENT)).status, 404)
  assert.equal((await cluster.request('GET', BUILDKIT)).status, 200)
  await run('install', RELEASE, CHART)
  assert.equal((await cluster.request('GET', DEPLOYMENT)).status, 200)
})

test('leaves them when it is upgraded not to have them', { skip }, async () => {
  await run('upgrade', RELEASE, CHART, '--set', 'crds.install=false')
  assert.equal((await cluster.request('GET', BUILDKIT)).status, 200)
  await run('uninstall', RELEASE)
})

test('takes over what kubectl has applied, if it is told to, and leaves the Deployment as it is', {
  skip,
}, async () => {
  await cluster.kubectl(['delete', '--filename', CRDS])
  await cluster.kubectl(['apply', '--kustomize', DEFAULT])
  await cluster.kubectl(['apply', '--filename', join(older, 'files/crds')])
  const { body } = await cluster.request('GET', DEPLOYMENT)
  const { code, stderr } = await helmIn('install', RELEASE, CHART)
  assert.equal(code, 1)
  assert.match(stderr, / exists and cannot be imported into the current release: invalid ownership metadata; /)
  await run('install', RELEASE, CHART, '--take-ownership', '--force-conflicts')
  assert.deepEqual(await columns(), newestColumns())
  // The same Pods: none restarts.
  assert.deepEqual((await cluster.request('GET', DEPLOYMENT)).body.spec, body.spec)
})

test('without crds.keep takes all of it away', { skip }, async () => {
  await createBuildkit()
  await run('upgrade', RELEASE, CHART, '--set', 'crds.keep=false')
  await run('uninstall', RELEASE)
  await eventually(async () => (await cluster.request('GET', BUILDKIT)).status, 404)
})

function helmIn(...args: readonly string[]) {
  return helm([...args, '--namespace', RELEASE, '--kubeconfig', cluster.kubeconfig])
}

async function run(...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await helmIn(...args)
  assert.equal(code, 0, stderr)
  return stdout
}

/** The names of the columns that `kubectl get buildkits` has. */
async function columns(): Promise<readonly string[]> {
  return columnsOf((await cluster.request('GET', BUILDKITS)).body)
}

async function createBuildkit(): Promise<void> {
  const manifest = {
    apiVersion: API_VERSION,
    kind: 'Buildkit',
    metadata: { name: 'shop' },
    spec: { template: 'small' },
  }
  await cluster.kubectl(['wait', '--for=condition=Established', '--filename', CRDS])
  const { code, stderr } = await cluster.kubectl(['apply', '-f', '-'], { input: JSON.stringify(manifest) })
  assert.equal(code, 0, stderr)
}

// biome-ignore lint/suspicious/noExplicitAny: a CustomResourceDefinition
function columnsOf({ spec }: any): readonly string[] {
  return spec.versions[0].additionalPrinterColumns.map(({ name }: { readonly name: string }) => name)
}

function newestColumns(): readonly string[] {
  return columnsOf(parse(readFileSync(join(CRDS, 'buildkit.seatgeek.io_buildkits.yaml'), 'utf8')))
}

/** The chart as an older version might be: its CustomResourceDefinitions have but one column. */
function olderChart(): string {
  const chart = mkdtempSync(join(tmpdir(), 'chart-'))
  cpSync(CHART, chart, { recursive: true })
  const folder = join(chart, 'files/crds')
  for (const path of readdirSync(folder).map((name) => join(folder, name))) {
    const definition = parse(readFileSync(path, 'utf8'))
    definition.spec.versions[0].additionalPrinterColumns.splice(1)
    writeFileSync(path, stringify(definition))
  }
  return chart
}
