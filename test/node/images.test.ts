import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, suite, type TestContext, test } from 'node:test'
import { parse } from 'yaml'
import { IMAGE_NAMES, type ImageName } from '../../release/images.ts'
import { manifestsOf } from '../harness/engines/manifests.ts'
import { render } from '../harness/engines/render.ts'
import { build, writePackage } from '../harness/node/builder.ts'
import { watchGap } from '../harness/node/endpoint-gap.ts'
import {
  CONTROLLER_NAMESPACE,
  installController,
  leaderOf,
  rollBackController,
  upgradeController,
} from '../harness/node/installed-controller.ts'
import { needsNode } from '../harness/node/needs-node.ts'
import { blobPath, imageIn, platformImagesIn } from '../harness/node/oci-layout.ts'
import { type OurImages, referenceOf, startOurImages } from '../harness/node/our-images.ts'
import { runImage } from '../harness/node/run-image.ts'
import { runOnArm64 } from '../harness/node/run-on-arm64.ts'
import { succeed } from '../harness/node/succeed.ts'
import { needs } from '../harness/servers/binaries.ts'
import { eventually } from '../harness/servers/eventually.ts'

const DESCRIPTIONS: Readonly<Record<ImageName, string>> = {
  'render-buildkit': 'Renders Buildkits and BuildkitTemplates into Pods',
  'buildkit-controller': 'Reports the endpoints of Buildkits and deletes Pods that are no longer needed',
}

interface Stage extends OurImages {
  readonly layouts: Readonly<Record<ImageName, string>>
}

type Scenario = (stage: Stage, t: TestContext) => Promise<void>

const scenariosOfEach = (name: ImageName): Readonly<Record<string, Scenario>> => ({
  [`${name} is for two platforms, and has the program beside its base`]: async ({ layouts, base }, t) => {
    const layout = layouts[name]
    const images = await platformImagesIn(layout)
    const bases = await platformImagesIn(base)
    assert.deepEqual(
      images.map(({ config, layers }) => [config.architecture, config.config, layers.slice(0, -2)]),
      bases.map(({ config, layers }) => [config.architecture, configOf(name), layers]),
    )
    const added = images[0]?.layers.slice(-2) ?? []
    const lists = await Promise.all(added.map((layer) => succeed('tar', ['-tzvf', blobPath(layout, layer)])))
    const files = lists.flatMap((list) => list.split('\n').filter((entry) => entry.startsWith('-')))
    assert.deepEqual(
      files.map((file) => file.replace(/ +\d+ 1970/, ' 1970')),
      [
        `-r-xr-xr-x 0/0 1970-01-01 00:00 usr/local/lib/${name}.cjs`,
        `-r-xr-xr-x 0/0 1970-01-01 00:00 usr/local/bin/${name}`,
      ],
    )
    t.diagnostic(`${Math.round((added[0]?.size ?? 0) / 1000)} kB beside the base`)
  },

  [`${name} built again is the same to the last byte`]: async ({ layouts, build: buildAgain }) => {
    assert.equal((await imageIn(await buildAgain(name))).digest, (await imageIn(layouts[name])).digest)
  },

  [`${name} explains itself`]: async ({ cluster }) => {
    const args = [name, '--help']
    assert.match(await runImage(cluster.node, { image: referenceOf(name), args }), new RegExp(`^${name} `))
  },

  [`${name} explains itself on arm64, which is emulated`]: async ({ layouts }) => {
    assert.match(await runOnArm64(layouts[name], [`/usr/local/lib/${name}.cjs`, '--help']), new RegExp(`^${name} `))
  },
})

const scenarios: Readonly<Record<string, Scenario>> = {
  ...Object.assign({}, ...IMAGE_NAMES.map(scenariosOfEach)),

  'render-buildkit renders as non-root, on a read-only file system, without a network': async ({ cluster }) => {
    const manifests = manifestsOf({ image: 'moby/buildkit:v0.34.2', names: ['shop'] })
    const args = ['render-buildkit', 'build', '-']
    const image = referenceOf('render-buildkit')
    const rendered = await runImage(cluster.node, { image, args, input: manifests })
    assert.equal(rendered, await render(manifests))
  },

  'render-buildkit is a KRM function if it has no arguments': async ({ cluster }) => {
    const list = 'apiVersion: config.kubernetes.io/v1\nkind: ResourceList\nitems: []\n'
    const image = referenceOf('render-buildkit')
    assert.equal(await runImage(cluster.node, { image, input: list }), list)
  },

  'render-buildkit runs the commands of the plugin for Argo CD': async ({ cluster }) => {
    const image = referenceOf('render-buildkit')
    const folder = await writePackage(cluster.node.folder, 'plugin')
    const [find, generate] = await pluginCommands()
    const found = await runImage(cluster.node, { image, args: find, folder })
    assert.notEqual(found.trim(), '')
    const generated = await runImage(cluster.node, { image, args: generate, folder })
    assert.match(generated, /^kind: Pod$/m)
  },

  'buildkit-controller runs as its chart installs it, and publishes an endpoint': async ({ cluster }, t) => {
    const { node } = cluster
    await cluster.stopController()
    await installController(node)
    await cluster.apply(await writePackage(node.folder, 'installed'))
    const endpoint = await cluster.readyEndpoint('installed')
    assert.equal((await build(node, endpoint)).code, 0)
    t.diagnostic((await node.kubectl(['get', 'pods', '-n', CONTROLLER_NAMESPACE])).trim())
  },

  'buildkit-controller is upgraded and rolled back during a build, and its endpoint stays': async ({ cluster }, t) => {
    const { node } = cluster
    const endpoint = await cluster.readyEndpoint('installed')
    const other = referenceOf('buildkit-controller').replace(/:.*/, ':other')
    await node.ctr('images', 'tag', referenceOf('buildkit-controller'), other)
    const gap = watchGap(cluster, 'installed')
    const building = build(node, endpoint, 20)
    await upgradeController(node, 'other')
    const images = await node.kubectl(['get', 'pods', '-n', CONTROLLER_NAMESPACE, '-o', 'jsonpath={..image}'])
    assert.match(images, /:other/)
    await rollBackController(node)
    const { code, seconds, output } = await building
    assert.equal(code, 0, output)
    assert.equal(await cluster.readyEndpoint('installed'), endpoint)
    assert.deepEqual(await gap(), { seconds: 0, reasons: new Map() })
    t.diagnostic(`a build of ${seconds.toFixed(1)} s went on`)
  },

  'buildkit-controller hands over to its other replica when its Pod is deleted': async ({ cluster }, t) => {
    const { node } = cluster
    const leader = await leaderOf(node)
    const start = performance.now()
    await node.kubectl(['delete', 'pod', leader, '-n', CONTROLLER_NAMESPACE])
    await eventually(async () => (await leaderOf(node)) !== leader, true)
    t.diagnostic(`another Pod led ${((performance.now() - start) / 1000).toFixed(1)} s later, its deletion included`)
    await cluster.apply(await writePackage(node.folder, 'handed-over'))
    await cluster.readyEndpoint('handed-over')
  },
}

suite('our images, built through a builder that we have rendered', {
  skip: needsNode() || needs('helm', 'mmdebstrap', 'fakeroot', 'qemu-aarch64-static'),
}, () => {
  let stage: Stage
  before(async () => {
    const images = await startOurImages()
    const layouts: [ImageName, string][] = []
    for (const name of IMAGE_NAMES) layouts.push([name, await images.build(name)])
    for (const [, layout] of layouts) await images.load(layout)
    stage = { ...images, layouts: Object.fromEntries(layouts) as Stage['layouts'] }
  })
  after(() => stage?.cluster.stop())
  for (const [name, scenario] of Object.entries(scenarios)) test(name, (t) => scenario(stage, t))
})

async function pluginCommands(): Promise<readonly [readonly string[], readonly string[]]> {
  const path = join(import.meta.dirname, '../../config/argocd/plugin/plugin.yaml')
  const { spec } = parse(await readFile(path, 'utf8'))
  return [spec.discover.find.command, spec.generate.command]
}

function configOf(name: ImageName) {
  return {
    User: '65532:65532',
    Env: ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'],
    Entrypoint: [name],
    Labels: {
      'org.opencontainers.image.description': DESCRIPTIONS[name],
      'org.opencontainers.image.licenses': 'Apache-2.0',
      'org.opencontainers.image.revision': 'test',
      'org.opencontainers.image.source': 'https://github.com/buildkit-gitops/buildkit-gitops',
      'org.opencontainers.image.title': name,
      'org.opencontainers.image.version': '0.1.0',
    },
  }
}
