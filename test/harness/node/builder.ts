import { cp, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { binary } from '../servers/binaries.ts'
import type { Node } from './node.ts'

export interface Built {
  readonly code: number | null
  readonly seconds: number
  /** What buildx writes, on both of its outputs. */
  readonly output: string
}

/** A real build through an endpoint, of an image whose `RUN` step takes some seconds; never from the cache. */
export async function build(node: Node, endpoint: string, seconds = 0): Promise<Built> {
  const context = join(node.folder, 'context')
  await mkdir(context, { recursive: true })
  await cp('/bin/busybox', join(context, 'busybox'))
  const dockerfile = `FROM scratch\nCOPY busybox /bin/busybox\nRUN ["/bin/busybox", "sleep", "${seconds}"]\n`
  const name = `b${endpoint.replaceAll(/\D/g, '')}`
  const buildx = binary('buildx')
  await node.run(buildx, ['create', '--name', name, '--driver', 'remote', endpoint])
  const start = performance.now()
  const args = ['build', '--builder', name, '--no-cache', '--progress=plain', '--file=-', context]
  const { code, stdout, stderr } = await node.run(buildx, args, { input: dockerfile })
  return { code, seconds: (performance.now() - start) / 1000, output: stdout + stderr }
}

/** A package with one builder, as it stands in Git. `template` are more fields of the template. */
export async function writePackage(folder: string, name: string, template: object = {}): Promise<string> {
  const path = join(folder, `package-${name}`)
  await mkdir(path, { recursive: true })
  const meta = (kind: string) => ({
    apiVersion: 'buildkit.seatgeek.io/v1alpha1',
    kind,
    metadata: { name, namespace: 'default' },
  })
  const spec = { lifecycle: { terminationGracePeriodSeconds: 60 }, ...template }
  await writeFile(join(path, 'template.yaml'), JSON.stringify({ ...meta('BuildkitTemplate'), spec }))
  await writeFile(join(path, 'buildkit.yaml'), JSON.stringify({ ...meta('Buildkit'), spec: { template: name } }))
  return path
}
