import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, suite, test } from 'node:test'
import { type Built, buildOf, type Dockerfile, writePackage } from '../harness/node/builder.ts'
import { type BuilderCluster, startBuilderCluster } from '../harness/node/cluster-with-controller.ts'
import {
  ACCOUNT,
  type Company,
  moveToRegistry,
  PROXY,
  REGISTRY,
  startCompany,
  writeDockerConfig,
} from '../harness/node/company.ts'
import { needsNode } from '../harness/node/needs-node.ts'
import { SERVICE_IP } from '../harness/node/node-files.ts'
import { needs } from '../harness/servers/binaries.ts'
import { needsOpenssl } from '../harness/servers/certificates.ts'
import { eventually } from '../harness/servers/eventually.ts'

const BASE = `${REGISTRY}/base/busybox:1`
const CA = '/etc/company/ca.pem'
// Nothing answers there, so that a name that is not known fails at once.
const buildkitdToml = `[registry."${REGISTRY}"]\n  ca = ["${CA}"]\n[dns]\n  nameservers = ["${SERVICE_IP}"]\n`

const proxied = [
  { name: 'HTTP_PROXY', value: PROXY },
  { name: 'HTTPS_PROXY', value: PROXY },
]

/** Patches of builders in a company: each lacks one thing but the last. */
const PATCHES = {
  'without-proxy': patch({ env: [], hasCa: true }),
  'without-ca': patch({ env: proxied, hasCa: false }),
  complete: patch({ env: proxied, hasCa: true }),
}

function patch({ env, hasCa }: { readonly env: readonly object[]; readonly hasCa: boolean }): object {
  const ca = { name: 'company-ca' }
  const volumeMounts = hasCa ? [{ name: ca.name, mountPath: '/etc/company', readOnly: true }] : []
  return {
    containers: [{ name: 'buildkit', env, volumeMounts }],
    volumes: hasCa ? [{ name: ca.name, configMap: ca }] : [],
  }
}

interface Stage {
  readonly cluster: BuilderCluster
  readonly company: Company
}

type Name = keyof typeof PATCHES

async function startStage(): Promise<Stage> {
  const cluster = await startBuilderCluster([])
  const { node } = cluster
  const company = await startCompany(node)
  await writeFile(join(node.folder, 'ca.pem'), company.ca)
  await node.kubectl(['create', 'configmap', 'company-ca', `--from-file=${join(node.folder, 'ca.pem')}`])
  const account = [`--docker-username=${ACCOUNT.username}`, `--docker-password=${ACCOUNT.password}`]
  await node.kubectl(['create', 'secret', 'docker-registry', 'registry', `--docker-server=${REGISTRY}`, ...account])
  for (const [name, podSpecPatch] of Object.entries(PATCHES)) {
    const toml = name === 'without-ca' ? {} : { buildkitdToml }
    await cluster.apply(await writePackage(node.folder, name, { ...toml, podSpecPatch }))
  }
  await succeeds({ cluster, company }, { steps: '', flags: [`--output=type=image,name=${BASE},push=true`] })
  return { cluster, company }
}

async function built({ cluster, company }: Stage, name: Name, dockerfile: Dockerfile): Promise<Built> {
  return buildOf(cluster.node, await cluster.readyEndpoint(name), { dockerConfig: company.dockerConfig, ...dockerfile })
}

/** The output of a build through the builder that lacks nothing. */
async function succeeds(stage: Stage, dockerfile: Dockerfile): Promise<string> {
  const { code, output } = await built(stage, 'complete', dockerfile)
  assert.equal(code, 0, output)
  return output
}

async function fails(stage: Stage, name: Name, dockerfile: Dockerfile): Promise<string> {
  const { code, output } = await built(stage, name, dockerfile)
  assert.equal(code, 1, output)
  return output
}

/** Steps of a build that need a host, which only the proxy knows. */
function fetching(name: string, flags: readonly string[] = []): Dockerfile {
  const steps = `RUN ["/bin/busybox", "wget", "-q", "-O", "-", "http://${name}.company.test/"]`
  return { steps, flags: ['--no-cache', ...flags] }
}

const scenarios: Readonly<Record<string, (stage: Stage) => Promise<void>>> = {
  'with proxy and CA a build pulls and pushes, through the proxy': async (stage) => {
    const earlier = (await stage.company.requests()).length
    await succeeds(stage, { base: BASE, steps: '', flags: ['--no-cache', '--pull'] })
    const requests = (await stage.company.requests()).slice(earlier)
    assert.ok(requests.includes(`CONNECT ${REGISTRY}:443`), requests.join('\n'))
  },

  'without the proxy the registry is not found': async (stage) => {
    assert.match(
      await fails(stage, 'without-proxy', { base: BASE, steps: '' }),
      /dial tcp: lookup registry\.company\.test/,
    )
  },

  'without the CA its certificate is refused': async (stage) => {
    assert.match(
      await fails(stage, 'without-ca', { base: BASE, steps: '' }),
      /tls: failed to verify certificate: x509: certificate signed by unknown authority/,
    )
  },

  'a builder has the credentials of its client alone': async (stage) => {
    const dockerConfig = join(stage.cluster.node.folder, 'nobody')
    assert.match(await fails(stage, 'complete', { base: BASE, steps: '', dockerConfig }), /authorization failed|401/)
  },

  "the builder's own image comes with a pull secret, and not without": async ({ cluster }) => {
    const image = await moveToRegistry(cluster.node, 'docker.io/moby/buildkit:v0.34.2')
    await cluster.apply(await writePackage(cluster.node.folder, 'anonymous', { image }))
    await eventually(
      async () => /^(ErrImagePull|ImagePullBackOff)$/.test((await cluster.status('anonymous')).reason),
      true,
    )
    const podSpecPatch = { imagePullSecrets: [{ name: 'registry' }] }
    await cluster.apply(await writePackage(cluster.node.folder, 'pulled', { image, podSpecPatch }))
    await cluster.readyEndpoint('pulled')
  },

  'a RUN step has nothing of the proxy of its builder': async (stage) => {
    assert.match(await fails(stage, 'complete', fetching('alone')), /wget: bad address 'alone\.company\.test'/)
  },

  'a RUN step has the proxy that the client names as a build argument': async (stage) => {
    const output = await succeeds(stage, fetching('argument', [`--build-arg=http_proxy=${PROXY}`]))
    assert.match(output, /argument\.company\.test through the proxy/)
  },

  "a RUN step has the proxy of the client's configuration, which buildx sends": async (stage) => {
    const proxies = { default: { httpProxy: PROXY } }
    const dockerConfig = await writeDockerConfig(join(stage.cluster.node.folder, 'docker-config'), { proxies })
    const output = await succeeds(stage, { ...fetching('configuration'), dockerConfig })
    assert.match(output, /configuration\.company\.test through the proxy/)
  },
}

suite('builders in the network of a company', { skip: needsNode() || needs('registry') || needsOpenssl() }, () => {
  let stage: Stage
  before(async () => {
    stage = await startStage()
  })
  after(() => stage?.cluster.stop())
  for (const [name, scenario] of Object.entries(scenarios)) test(name, () => scenario(stage))
})
