import assert from 'node:assert/strict'
import { cp, mkdir, mkdtemp, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import process from 'node:process'
import { after, before, suite, test } from 'node:test'
import packageJson from '../../package.json' with { type: 'json' }
import { makeChart } from '../../release/chart.ts'
import { IMAGE_NAMES, imageFile } from '../../release/images.ts'
import { writeLayout } from '../../release/oci/write-layout.ts'
import { REPOSITORY, run } from '../../release/run.ts'
import { helm } from '../charts/helm.ts'
import { binary, needs } from '../harness/servers/binaries.ts'
import { type Registry, startRegistry } from '../harness/servers/registry.ts'
import { type Outcome, runProgram } from '../harness/servers/run-program.ts'
import { startPages, startRefusing } from './failing-registries.ts'

const { version } = packageJson

interface Stage {
  readonly registry: Registry
  /** A release with images that are small. */
  readonly release: string
  readonly folder: string
}

const scenarios: Readonly<Record<string, (stage: Stage) => Promise<void>>> = {
  'pushes images and chart, and prints what is to be signed': async ({ registry, release }) => {
    const to = `${registry.host}/first`
    const { code, stdout, stderr } = await publish(release, to)
    assert.deepEqual([code, stderr], [0, ''])
    const digests = [
      await digestOf(`${to}/render-buildkit:v${version}`),
      await digestOf(`${to}/buildkit-controller:v${version}`),
      await digestOf(`${to}/charts/buildkit-controller:${version}`),
    ]
    assert.deepEqual(stdout.split('\n'), [
      `${to}/render-buildkit@${digests[0]}`,
      `${to}/buildkit-controller@${digests[1]}`,
      `${to}/charts/buildkit-controller@${digests[2]}`,
      '',
    ])
  },

  'pushes an image for two platforms': async ({ registry }) => {
    const { manifests } = JSON.parse(
      await run('crane', ['manifest', `${registry.host}/first/render-buildkit:v${version}`]),
    )
    assert.deepEqual(
      manifests.map(({ platform }: { readonly platform: { readonly architecture: string } }) => platform.architecture),
      ['amd64', 'arm64'],
    )
  },

  'changes nothing when it is repeated': async ({ registry, release }) => {
    const to = `${registry.host}/first`
    const first = await publish(release, to)
    assert.equal(first.code, 0)
    assert.deepEqual(await publish(release, to), first)
  },

  'pushes a chart that helm installs from the registry': async ({ registry }) => {
    const chart = `oci://${registry.host}/first/charts/buildkit-controller`
    const shown = await helm(['show', 'chart', chart, '--version', version, '--plain-http'])
    assert.match(shown.stdout, new RegExp(`^version: ${version.replaceAll('.', '\\.')}$`, 'm'))
    const rendered = await helm(['template', 'buildkit-controller', chart, '--version', version, '--plain-http'])
    assert.equal(rendered.code, 0, rendered.stderr)
    assert.match(rendered.stdout, new RegExp(`image: "?ghcr.io/buildkit-gitops/buildkit-controller:v${version}`))
  },

  'pushes nothing if a version is published with other content': async ({ registry, folder, release }) => {
    const to = `${registry.host}/taken`
    const other = join(folder, 'other')
    await makeImage({ folder: other, name: 'buildkit-controller', content: 'other' })
    await run('crane', ['push', '--index', other, `${to}/buildkit-controller:v${version}`])
    const { code, stdout, stderr } = await publish(release, to)
    const reference = `${to}/buildkit-controller:v${version}`
    assert.deepEqual([code, stdout, stderr], [1, '', `must not be published yet with other content: ${reference}\n`])
    await assert.rejects(digestOf(`${to}/render-buildkit:v${version}`), /NAME_UNKNOWN|MANIFEST_UNKNOWN/)
  },

  'pushes nothing if a chart has the reference of something else': async ({ registry, folder, release }) => {
    const to = `${registry.host}/taken-chart`
    const reference = `${to}/charts/buildkit-controller:${version}`
    await run('crane', ['push', '--index', join(folder, 'buildkit-controller'), reference])
    const { code, stdout, stderr } = await publish(release, to)
    assert.deepEqual([code, stdout, stderr], [1, '', `must not be published yet with other content: ${reference}\n`])
  },

  'pushes nothing to a registry that answers with a page': async ({ release }) => {
    const host = await startPages()
    const { code, stdout, stderr } = await publish(release, `${host.host}/pages`)
    host.close()
    assert.deepEqual([code, stdout, stderr.trimEnd().split('\n').length], [1, '', 1])
    assert.match(stderr, /^the registry must answer with a manifest for .*, got "<html>Welcome<\/html>"$/m)
  },

  'pushes nothing of a release without images': async ({ registry, folder, release }) => {
    const without = join(folder, 'without')
    await cp(release, without, { recursive: true })
    for (const name of IMAGE_NAMES) await rm(join(without, imageFile(name, version)))
    const { code, stdout, stderr } = await publish(without, `${registry.host}/without`)
    const names = IMAGE_NAMES.map((name) => imageFile(name, version)).join(', ')
    const message = `${without} must have ${names}; make the release with --builder, which builds the images\n`
    assert.deepEqual([code, stdout, stderr], [1, '', message])
  },

  'pushes nothing of a release with a truncated image': async ({ registry, folder, release }) => {
    const truncated = join(folder, 'truncated')
    await cp(release, truncated, { recursive: true })
    const image = join(truncated, imageFile('render-buildkit', version))
    await truncate(image, 1024)
    const { code, stdout, stderr } = await publish(truncated, `${registry.host}/truncated`)
    assert.deepEqual([code, stdout, stderr.trimEnd().split('\n').length], [1, '', 1])
    assert.ok(stderr.startsWith(`${image} must be an OCI layout: `), stderr)
  },

  'pushes the rest after a registry that refused in the middle': async ({ registry, release }) => {
    const refusing = await startRefusing(registry.host, '/v2/middle/buildkit-controller/')
    const first = await publish(release, `${refusing.host}/middle`)
    assert.deepEqual([first.code, first.stdout, first.stderr.trimEnd().split('\n').length], [1, '', 1])
    await digestOf(`${registry.host}/middle/render-buildkit:v${version}`)
    refusing.close()
    const second = await publish(release, `${registry.host}/middle`)
    assert.equal(second.stderr, '')
    assert.deepEqual([second.code, second.stdout.split('\n').length], [0, 4])
  },
}

const skip = needs('crane', 'helm', 'registry')

suite('publishing', { skip }, () => {
  let stage: Stage
  before(async () => {
    const programs = [binary('crane'), binary('helm')].map((path) => dirname(path))
    process.env.PATH = [...programs, process.env.PATH].join(delimiter)
    const folder = await mkdtemp(join(tmpdir(), 'publish-test-'))
    const release = join(folder, 'release')
    await mkdir(release)
    await makeChart({ version, revision: '', epoch: 0, folder: release, builder: undefined, platforms: [] })
    for (const name of IMAGE_NAMES) {
      const layout = join(folder, name)
      await makeImage({ folder: layout, name, content: name })
      await run('tar', ['-C', layout, '-cf', join(release, imageFile(name, version)), '.'])
    }
    stage = { folder, release, registry: await startRegistry(folder) }
  })
  after(async () => {
    await stage.registry.stop()
    await rm(stage.folder, { recursive: true })
  })
  for (const [name, scenario] of Object.entries(scenarios)) test(name, () => scenario(stage))
})

function publish(release: string, registry: string): Promise<Outcome> {
  const args = ['release/publish/main.ts', '--version', version, '--from', release, '--registry', registry]
  return runProgram(process.execPath, args, { cwd: REPOSITORY })
}

interface TestImage {
  /** Becomes the layout. */
  readonly folder: string
  readonly name: string
  readonly content: string
}

async function makeImage({ folder, name, content }: TestImage): Promise<void> {
  const rootFolder = `${folder}-root`
  await mkdir(rootFolder, { recursive: true })
  await writeFile(join(rootFolder, 'content'), content)
  const image = { name, rootFolder, config: { Entrypoint: [`/${name}`] }, epoch: 0 }
  await writeLayout([image, { ...image, architecture: 'arm64' }], folder)
}

async function digestOf(reference: string): Promise<string> {
  return (await run('crane', ['digest', reference])).trim()
}
