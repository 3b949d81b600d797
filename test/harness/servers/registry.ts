import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { binary } from './binaries.ts'
import { freePorts } from './free-ports.ts'
import { startProcess } from './server-process.ts'

export interface Registry {
  /** `127.0.0.1:40001` */
  readonly host: string
  readonly stop: () => Promise<void>
}

/** Starts a registry for images and charts on a free loopback port, without TLS and users. It keeps everything in a folder. */
export async function startRegistry(folder: string): Promise<Registry> {
  const [port = 0] = await freePorts(1)
  const host = `127.0.0.1:${port}`
  const path = join(folder, 'registry.json')
  const storage = { filesystem: { rootdirectory: join(folder, 'registry') } }
  await writeFile(path, JSON.stringify({ version: 0.1, log: { level: 'warn' }, storage, http: { addr: host } }))
  const server = startProcess(binary('registry'), ['serve', path], { log: join(folder, 'registry.log') })
  await server.ready(() => fetch(`http://${host}/v2/`).then(({ ok }) => ok))
  return { host, stop: () => server.stop() }
}
