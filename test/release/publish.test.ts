import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
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

/** A registry in front of another one, which refuses every change below a path. */
async function startRefusing(host: string, path: string) {
  const server = createServer((incoming, outgoing) => {
    if (incoming.url?.startsWith(path) && incoming.method !== 'GET' && incoming.method !== 'HEAD') {
      outgoing.writeHead(403).end('{"errors": [{"code": "DENIED", "message": "denied"}]}')
      return
    }
    const { method, url, headers } = incoming
    const forwarded = request(`http://${host}${url}`, { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(outgoing)
    })
    incoming.pipe(forwarded)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { host: `127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => server.close() }
}
