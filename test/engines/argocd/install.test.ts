import assert from 'node:assert/strict'
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { after, before, suite, test } from 'node:test'
import { parse, parseAllDocuments } from 'yaml'
import { ARGOCD_MODULE } from '../../harness/engines/argocd/install-argocd.ts'
import { binary, needs } from '../../harness/servers/binaries.ts'
import { type Cluster, startCluster } from '../../harness/servers/cluster.ts'
import { runProgram } from '../../harness/servers/run-program.ts'
import { repositoryFiles } from '../../house/repository-files.ts'
import { moduleFolder } from '../../tools/module-folder.ts'

const CONFIG = join(import.meta.dirname, '../../../config/argocd')

suite("config/argocd on Argo CD's own manifests", {
  skip: needs('etcd', 'kube-apiserver', 'kubectl', 'kustomize'),
}, () => {
  let cluster: Cluster
  let folder: string
  before(async () => {
    cluster = await startCluster()
    folder = await mkdtemp(join(tmpdir(), 'install-'))
    await cp(join(moduleFolder('argocd', ARGOCD_MODULE), 'manifests'), join(folder, 'upstream'), { recursive: true })
    const { code, stderr } = await cluster.kubectl(['apply', '--server-side', '-k', join(folder, 'upstream/crds')])
    assert.equal(code, 0, stderr)
    await cluster.kubectl(['create', 'namespace', 'argocd'])
  })
  after(async () => {
    await cluster.stop()
    // What Go keeps of a module is read-only, and so are copies.
    await runProgram('chmod', ['--recursive', 'u+w', folder])
    await rm(folder, { recursive: true })
  })

  test('is accepted, and runs the plugin beside repo-server as nobody in particular', async () => {
    const manifests = await withOurs(folder)
    const args = ['apply', '--server-side', '--dry-run=server', '--filename=-']
    const { code, stderr } = await cluster.kubectl(args, { input: manifests })
    assert.deepEqual({ code, stderr }, { code: 0, stderr: '' })
    const [plugin] = repositoryFiles('config/argocd/plugin/plugin.yaml').values()
    assert.deepEqual(sidecarIn(manifests), { plugin, tmp: {}, user: 999, isReadOnly: true })
    const { data } = find(manifests, 'ConfigMap', 'argocd-cm')
    for (const key of ['health.buildkit.seatgeek.io_Buildkit', 'ignoreResourceUpdates.all'])
      assert.ok(`resource.customizations.${key}` in data, key)
  })

  for (const [path, text] of repositoryFiles('examples/argocd/*.yaml')) {
    test(`${path} is an Application that Argo CD accepts`, async () => {
      const applications = '/apis/argoproj.io/v1alpha1/namespaces/argocd/applications'
      const query = 'fieldValidation=Strict&dryRun=All'
      const { status, body } = await cluster.request('POST', `${applications}?${query}`, parse(text))
      assert.equal(status, 201, JSON.stringify(body))
    })
  }
})

/** What kustomize makes of Argo CD's manifests and our components. */
async function withOurs(folder: string): Promise<string> {
  const site = join(folder, 'site')
  const components = [CONFIG, join(CONFIG, 'plugin')].map((path) => relative(site, path))
  const kustomization = { namespace: 'argocd', resources: ['../upstream/cluster-install'], components }
  await mkdir(site)
  await writeFile(join(site, 'kustomization.yaml'), JSON.stringify(kustomization))
  const { code, stdout, stderr } = await runProgram(binary('kustomize'), ['build', site])
  assert.equal(code, 0, stderr)
  return stdout
}

// biome-ignore lint/suspicious/noExplicitAny: an object of any kind
type Manifest = any

function find(stream: string, kind: string, name: string): Manifest {
  const manifests: readonly Manifest[] = parseAllDocuments(stream).map((document) => document.toJS())
  return manifests.find((manifest) => manifest.kind === kind && manifest.metadata.name === name)
}

function sidecarIn(stream: string) {
  const { spec } = find(stream, 'Deployment', 'argocd-repo-server').spec.template
  const { volumeMounts, securityContext } = spec.containers.find(({ name }: Manifest) => name === 'render-buildkit')
  const volumeAt = (path: string) => {
    const { name } = volumeMounts.find(({ mountPath }: Manifest) => mountPath === path)
    return spec.volumes.find((volume: Manifest) => volume.name === name)
  }
  const configuration = find(stream, 'ConfigMap', volumeAt('/home/argocd/cmp-server/config').configMap.name)
  return {
    plugin: configuration.data['plugin.yaml'],
    tmp: volumeAt('/tmp').emptyDir,
    user: securityContext.runAsUser,
    isReadOnly: securityContext.readOnlyRootFilesystem,
  }
}
