import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import process from 'node:process'
import { after, before, suite, type TestContext, test } from 'node:test'
import packageJson from '../../package.json' with { type: 'json' }
import { checksumsOf } from '../../release/checksums.ts'
import { differences, makeRelease } from '../../release/make.ts'
import { run } from '../../release/run.ts'
import type { Component } from '../../release/sbom/component.ts'
import { binary, needs } from '../harness/servers/binaries.ts'
import { type Cluster, startCluster } from '../harness/servers/cluster.ts'

const { version } = packageJson

interface SpdxPackage {
  readonly externalRefs: readonly [{ readonly referenceLocator: string }]
}
const RELEASE = {
  version,
  revision: '0123456789abcdef0123456789abcdef01234567',
  epoch: 1_700_000_000,
  builder: undefined,
  platforms: [],
}

interface Stage {
  /** The release, made twice. */
  readonly folders: readonly [string, string]
  readonly cluster: Cluster
}

const scenarios: Readonly<Record<string, (stage: Stage, t: TestContext) => Promise<void>>> = {
  'are the same to the last byte when made twice': async ({ folders }) => {
    assert.deepEqual(await differences(...folders), [])
  },

  'are listed with their checksums as sha256sum reads them': async ({ folders: [cwd] }) => {
    const checked = await run('sha256sum', ['--check', 'SHA256SUMS'], { cwd })
    assert.deepEqual(checked.trim().split('\n'), [
      `buildkit-controller-${version}.tgz: OK`,
      `buildkit-gitops-${version}.cdx.json: OK`,
      `buildkit-gitops-${version}.spdx.json: OK`,
      `buildkit-gitops-${version}.tgz: OK`,
      'install.yaml: OK',
      'provenance.intoto.json: OK',
    ])
  },

  'have a provenance about all of them and the commit': async ({ folders: [folder] }) => {
    const { subject, predicate } = await readJson(join(folder, 'provenance.intoto.json'))
    const others = (await checksumsOf(folder)).filter(({ name }) => name !== 'provenance.intoto.json')
    assert.deepEqual(
      subject,
      others.map(({ name, sha256 }) => ({ name, digest: { sha256 } })),
    )
    const uri = `git+https://github.com/buildkit-gitops/buildkit-gitops@refs/tags/v${version}`
    assert.deepEqual(predicate.buildDefinition.resolvedDependencies, [{ uri, digest: { gitCommit: RELEASE.revision } }])
  },

  'have bills of material with what programs and images contain': async ({ folders: [folder] }) => {
    const cycloneDx = await readJson(join(folder, `buildkit-gitops-${version}.cdx.json`))
    const spdx = await readJson(join(folder, `buildkit-gitops-${version}.spdx.json`))
    const purls: readonly string[] = cycloneDx.components.map(({ purl }: Component) => purl)
    const direct = Object.keys(packageJson.dependencies).map((name) => `pkg:npm/${name.replace('@', '%40')}`)
    assert.deepEqual(
      [...direct, 'pkg:generic/node', 'pkg:deb/debian/libc6'].filter(
        (name) => !purls.some((purl) => purl.startsWith(`${name}@`)),
      ),
      [],
    )
    assert.deepEqual(
      spdx.packages.slice(1).map(({ externalRefs: [{ referenceLocator }] }: SpdxPackage) => referenceLocator),
      purls,
    )
  },

  'install.yaml installs the controller with kubectl, and a second time changes nothing': async (stage) => {
    const { cluster, folders } = stage
    const manifests = ['-f', join(folders[0], 'install.yaml')]
    const apply = async () => {
      const { code, stderr } = await cluster.kubectl(['apply', ...manifests])
      assert.equal(code, 0, stderr)
      return cluster.kubectl(['get', ...manifests, '-o', 'jsonpath={.items[*].metadata.resourceVersion}'])
    }
    assert.deepEqual(await apply(), await apply())
    const { stdout } = await cluster.kubectl(['get', 'deployment', '-A', '-o', 'jsonpath={..image}'])
    assert.equal(stdout, `ghcr.io/buildkit-gitops/buildkit-controller:v${version}`)
  },
}

const skip = needs('etcd', 'kube-apiserver', 'kubectl', 'mmdebstrap', 'fakeroot')

suite('the artifacts of a release', { skip }, () => {
  let stage: Stage
  let parent: string
  before(async () => {
    // A release takes kubectl from PATH.
    process.env.PATH = [dirname(binary('kubectl')), process.env.PATH].join(delimiter)
    parent = await mkdtemp(join(tmpdir(), 'artifacts-'))
    const folders = [join(parent, 'one'), join(parent, 'other')] as const
    for (const folder of folders) await makeRelease({ ...RELEASE, folder })
    stage = { folders, cluster: await startCluster() }
  })
  after(async () => {
    await stage?.cluster.stop()
    await rm(parent, { recursive: true })
  })
  for (const [name, scenario] of Object.entries(scenarios)) test(name, (t) => scenario(stage, t))
})

// biome-ignore lint/suspicious/noExplicitAny: an object of any kind
async function readJson(path: string): Promise<any> {
  return JSON.parse(await readFile(path, 'utf8'))
}
