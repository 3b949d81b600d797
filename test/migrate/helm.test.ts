import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, suite, test } from 'node:test'
import { binary, needs } from '../harness/servers/binaries.ts'
import { type Cluster, startCluster } from '../harness/servers/cluster.ts'
import { createPackage, type Package } from '../harness/servers/package.ts'
import { runProgram } from '../harness/servers/run-program.ts'
import { operatorsCrds } from './operators-crds.ts'

const CRDS = operatorsCrds().map(({ metadata }) => `crd/${metadata.name}`)
const OURS = join(import.meta.dirname, '../../crds/generated')
const chart = mkdtempSync(join(tmpdir(), 'chart-'))

/** A chart that has its CRDs among its templates, as the operator's does, and nothing else. */
function writeChart(): void {
  mkdirSync(join(chart, 'templates'))
  writeFileSync(join(chart, 'Chart.yaml'), 'apiVersion: v2\nname: buildkit-operator\nversion: 0.1.0\n')
  writeFileSync(join(chart, 'values.yaml'), 'crds: {install: true}\n')
  const crds = operatorsCrds().map((definition) => `---\n{{ ${JSON.stringify(JSON.stringify(definition))} }}\n`)
  writeFileSync(join(chart, 'templates/crds.yaml'), `{{- if .Values.crds.install }}\n${crds.join('')}{{- end }}\n`)
}

suite('the operator’s Helm chart', { skip: needs('etcd', 'kube-apiserver', 'kubectl', 'helm') }, () => {
  let cluster: Cluster
  let pkg: Package
  before(async () => {
    writeChart()
    cluster = await startCluster()
  })
  after(async () => {
    await cluster.stop()
    rmSync(chart, { recursive: true })
  })

  const succeeds = ({ code, stdout, stderr }: Awaited<ReturnType<Cluster['kubectl']>>) => {
    assert.equal(code, 0, stderr)
    return stdout
  }
  const helm = async (...args: readonly string[]) => {
    const env = { ...process.env, HOME: chart, KUBECONFIG: cluster.kubeconfig }
    return succeeds(await runProgram(binary('helm'), args, { env }))
  }
  const kubectl = async (...args: readonly string[]) => succeeds(await cluster.kubectl(args))
  const upgrade = (value: string, ...flags: readonly string[]) =>
    helm('upgrade', 'buildkit-operator', chart, '--reuse-values', '--set', value, ...flags)
  const install = async () => {
    await helm('install', 'buildkit-operator', chart)
    await kubectl('wait', '--for=condition=Established', ...CRDS)
    pkg = await createPackage(cluster)
    await pkg.applyBuildkit('shop')
  }

  test('takes every Buildkit with it when it is uninstalled', async () => {
    await install()
    await helm('uninstall', 'buildkit-operator')
    await kubectl('wait', '--for=delete', '--timeout=30s', ...CRDS)
  })

  test('leaves them where its CRDs are kept first, and can put those back, as docs/migrate.md says', async () => {
    await install()
    await kubectl('annotate', ...CRDS, 'helm.sh/resource-policy=keep')
    await upgrade('crds.install=false')
    await kubectl('apply', '--server-side', '--force-conflicts', '-f', OURS)
    await upgrade('crds.install=true', '--force-conflicts')
    assert.equal(await kubectl('get', CRDS[0] as string, '-o', 'jsonpath={.spec.names.shortNames}'), '["buildkit"]')
    await upgrade('crds.install=false')
    await helm('uninstall', 'buildkit-operator')
    assert.equal((await pkg.buildkit('shop')).spec.template, 'small')
  })
})
