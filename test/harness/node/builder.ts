import { createHash } from 'node:crypto'
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import process from 'node:process'
import { binary } from '../servers/binaries.ts'
import type { Outcome } from '../servers/run-program.ts'
import type { Node } from './node.ts'

export interface Built {
  readonly code: number | null
  readonly seconds: number
  /** What buildx writes, on both of its outputs. */
  readonly output: string
}

/** A build that can tell a cold cache from a warm one: its only step works for five seconds, and writes 64 MiB. */
const WORK = 'RUN ["/bin/busybox", "sh", "-c", "busybox sleep 5; busybox dd if=/dev/zero of=/layer bs=1M count=64"]'

/** A real build through an endpoint, of an image whose `RUN` step takes some seconds; never from the cache. */
export async function build(node: Node, endpoint: string, seconds = 0): Promise<Built> {
  return buildOf(node, endpoint, { steps: `RUN ["/bin/busybox", "sleep", "${seconds}"]`, flags: ['--no-cache'] })
}

/** The same build each time, from the cache where that has it. */
export async function buildCached(node: Node, endpoint: string): Promise<Built & { readonly hit: boolean }> {
  const built = await buildOf(node, endpoint, { steps: WORK })
  const step = /^(#\d+) .* RUN /m.exec(built.output)?.[1]
  return { ...built, hit: built.output.split('\n').includes(`${step} CACHED`) }
}

export interface Dockerfile {
  /** What comes after busybox is in the image. */
  readonly steps: string
  readonly flags?: readonly string[]
  /** More files of the context, by their names there. */
  readonly files?: Readonly<Record<string, string>>
  /** What the image begins with. */
  readonly base?: string
  /** The folder with the client's configuration; empty if not set. */
  readonly dockerConfig?: string
  /** Options of the driver `remote`, such as a client's certificate. */
  readonly driverOptions?: Readonly<Record<string, string>>
  /** The resolv.conf of the client; that of the machine if not set. */
  readonly resolver?: string
}

/** A real build through an endpoint. */
export async function buildOf(node: Node, endpoint: string, dockerfile: Dockerfile): Promise<Built> {
  const { steps, flags = [], files = {}, base = 'scratch' } = dockerfile
  const builder = await createBuilder(node, endpoint, dockerfile)
  const contexts = join(node.folder, 'contexts')
  await mkdir(contexts, { recursive: true })
  const context = await mkdtemp(join(contexts, builder.name))
  for (const [file, path] of Object.entries({ ...files, busybox: '/bin/busybox' })) await cp(path, join(context, file))
  const input = `FROM ${base}\nCOPY busybox /bin/busybox\n${steps}\n`
  const start = performance.now()
  const args = ['build', '--builder', builder.name, '--progress=plain', ...flags, '--file=-', context]
  const { code, stdout, stderr } = await builder.buildx(args, input)
  await rm(context, { recursive: true })
  return { code, seconds: (performance.now() - start) / 1000, output: stdout + stderr }
}

interface Builder {
  readonly name: string
  readonly buildx: (args: readonly string[], input?: string) => Promise<Outcome>
}

/** What buildx calls a builder at an endpoint; one for each way to connect. */
async function createBuilder(
  node: Node,
  endpoint: string,
  { dockerConfig = join(node.folder, 'home/.docker'), driverOptions = {}, resolver }: Dockerfile,
): Promise<Builder> {
  const options = Object.entries(driverOptions).flatMap(([key, value]) => ['--driver-opt', `${key}=${value}`])
  const id = createHash('sha256').update([endpoint, ...options].join('\n'))
  const name = `b${id.digest('hex').slice(0, 16)}`
  const env = { ...process.env, DOCKER_CONFIG: dockerConfig }
  const withResolver = ['--mount', 'sh', '-c', 'mount --bind "$0" /etc/resolv.conf && exec "$@"', resolver ?? '']
  const [program, before] = resolver ? ['unshare', [...withResolver, binary('buildx')]] : [binary('buildx'), []]
  const buildx: Builder['buildx'] = (args, input) =>
    node.run(program, [...before, ...args], { env, ...(input && { input }) })
  await buildx(['create', '--name', name, '--driver', 'remote', ...options, endpoint])
  return { name, buildx }
}

interface PackageParts {
  /** More fields of the template. */
  readonly template?: object
  /** More fields of the Buildkit. */
  readonly buildkit?: object
}

/** A package with one builder, as it stands in Git; `template` are more fields of the template. */
export async function writePackage(folder: string, name: string, template: object = {}): Promise<string> {
  return writeParts(folder, name, { template })
}

/** The same, also with more fields of the Buildkit. */
export async function writeParts(folder: string, name: string, { template, buildkit }: PackageParts): Promise<string> {
  const path = join(folder, `package-${name}`)
  await mkdir(path, { recursive: true })
  const meta = (kind: string) => ({
    apiVersion: 'buildkit.seatgeek.io/v1alpha1',
    kind,
    metadata: { name, namespace: 'default' },
  })
  const spec = { lifecycle: { terminationGracePeriodSeconds: 60 }, ...template }
  await writeFile(join(path, 'template.yaml'), JSON.stringify({ ...meta('BuildkitTemplate'), spec }))
  const own = { ...meta('Buildkit'), spec: { template: name, ...buildkit } }
  await writeFile(join(path, 'buildkit.yaml'), JSON.stringify(own))
  return path
}
