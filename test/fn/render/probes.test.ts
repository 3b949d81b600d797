import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { type AddressInfo, connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { after, before, suite, test } from 'node:test'
import { BuildkitTemplate } from '../../../crds/buildkit-template.ts'
import { probes } from '../../../fn/render/probes.ts'

interface Probes {
  readonly [probe: string]: { readonly exec: { readonly command: readonly string[] } }
}

/** When a file of a builder was written, in minutes before now. */
type Minutes = Readonly<Partial<Record<'certificate' | 'socket' | 'draining', number>>>

const DRAINS = [1, 'the builder drains\n']
const RENEWED = [1, 'the certificate was renewed; buildkitd must start again to serve it\n']
const FINE = [0, '']
const PATHS = {
  certificate: 'certs/tls.crt',
  socket: 'run/buildkit/buildkitd.sock',
  draining: 'run/buildkit/draining',
}

/** The command of a probe of a builder that listens on `port`. */
function commandOf(probe: string, port: number): readonly string[] {
  const { spec } = BuildkitTemplate.parse({
    apiVersion: 'buildkit.seatgeek.io/v1alpha1',
    kind: 'BuildkitTemplate',
    metadata: { name: 'a' },
    spec: { port, tls: { secretName: 's' } },
  })
  return (probes(spec) as Probes)[probe]?.exec.command ?? []
}

/** Makes the files of a builder anew, below `folder`. */
function writeFiles(folder: string, minutes: Minutes): void {
  for (const path of ['certs', 'run/buildkit']) {
    rmSync(join(folder, path), { recursive: true, force: true })
    mkdirSync(join(folder, path), { recursive: true })
  }
  for (const [file, age] of Object.entries(minutes)) {
    const path = join(folder, PATHS[file as keyof Minutes])
    const time = Date.now() / 1000 - age * 60
    writeFileSync(path, '')
    utimesSync(path, time, time)
  }
}

suite('probes of a builder with TLS', () => {
  let folder: string
  const server = createServer()
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'probes-'))
    mkdirSync(join(folder, 'bin'))
    writeFileSync(join(folder, 'bin/buildctl'), '#!/bin/sh\nexit 0\n', { mode: 0o755 })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  })
  after(() => {
    server.close()
    rmSync(folder, { recursive: true })
  })

  /** The exit code and the words of a probe of a builder whose files are of these times. */
  function ask(probe: string, minutes: Minutes): readonly [number | null, string] {
    writeFiles(folder, minutes)
    const [program = '', ...args] = commandOf(probe, (server.address() as AddressInfo).port)
    const moved = args.map((one) => one.replaceAll(/\/(certs|run\/buildkit)/g, `${folder}/$1`))
    const env = { ...process.env, PATH: `${folder}/bin:${process.env.PATH}` }
    const { status, stdout } = spawnSync(program, moved, { env, encoding: 'utf8' })
    return [status, stdout]
  }

  test('a builder is ready until it drains', () => {
    assert.deepEqual(ask('readinessProbe', { certificate: 2, socket: 1 }), FINE)
    assert.deepEqual(ask('readinessProbe', { certificate: 2, socket: 1, draining: 0 }), DRAINS)
  })

  test('a builder is ready again although a volume has kept the file of its last drain', () => {
    assert.deepEqual(ask('readinessProbe', { certificate: 3, socket: 1, draining: 2 }), FINE)
  })

  test('a builder starts again for a newer certificate, when no client is connected', () => {
    assert.deepEqual(ask('livenessProbe', { certificate: 2, socket: 1 }), FINE)
    assert.deepEqual(ask('livenessProbe', { certificate: 1, socket: 2 }), RENEWED)
    assert.deepEqual(ask('livenessProbe', { socket: 2 }), FINE)
  })

  test('a builder with a client starts again after an hour', async () => {
    const { port } = server.address() as AddressInfo
    const client = connect(port, '127.0.0.1')
    await new Promise<void>((resolve) => client.once('connect', resolve))
    assert.deepEqual(ask('livenessProbe', { certificate: 59, socket: 90 }), FINE)
    assert.deepEqual(ask('livenessProbe', { certificate: 62, socket: 90 }), RENEWED)
    client.destroy()
  })
})
