import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tarGz } from './tar-gz.ts'

/** What source-controller says of what it has fetched. */
export interface Artifact {
  readonly url: string
  readonly path: string
  readonly digest: string
  readonly revision: string
  readonly size: number
  readonly lastUpdateTime: string
}

export interface ArtifactServer {
  readonly add: (files: Readonly<Record<string, string>>) => Artifact
  readonly stop: () => Promise<void>
}

/** Serves artifacts on loopback, each under its digest. */
export async function startArtifactServer(): Promise<ArtifactServer> {
  const archives = new Map<string, Buffer>()
  const server = createServer(({ url = '' }, response) => {
    const archive = archives.get(url)
    response.writeHead(archive ? 200 : 404).end(archive)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    add: (files) => {
      const archive = tarGz(files)
      const hash = createHash('sha256').update(archive).digest('hex')
      const path = `/${hash}.tar.gz`
      archives.set(path, archive)
      return {
        url: `http://127.0.0.1:${port}${path}`,
        path: path.slice(1),
        digest: `sha256:${hash}`,
        revision: `latest@sha256:${hash}`,
        size: archive.length,
        lastUpdateTime: new Date().toISOString(),
      }
    },
    stop: async () => {
      server.closeAllConnections()
      await once(server.close(), 'close')
    },
  }
}
