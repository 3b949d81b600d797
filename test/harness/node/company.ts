import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import process from 'node:process'
import { binary } from '../servers/binaries.ts'
import { createAuthority } from '../servers/certificates.ts'
import type { Node } from './node.ts'
import { SERVICE_IP } from './node-files.ts'

export const REGISTRY = 'registry.company.test'
const PROXY_PORT = '3128'
export const PROXY = `http://${SERVICE_IP}:${PROXY_PORT}`

const REGISTRY_PORT = '5443'

/** A registry with a certificate of a private authority, which Pods reach through a proxy alone: no name server knows it. */
export interface Company {
  /** The certificate of the authority. */
  readonly ca: string
  /** What the proxy was asked for, a line for each request. */
  readonly requests: () => Promise<readonly string[]>
}

export async function startCompany(node: Node): Promise<Company> {
  const folder = join(node.folder, 'company')
  await mkdir(folder)
  const authority = await createAuthority()
  const { key, cert } = await authority.issue()
  const [keyFile, certFile, configuration, log] = ['key', 'cert', 'registry.json', 'proxy'].map((name) =>
    join(folder, name),
  ) as [string, string, string, string]
  const http = { addr: `127.0.0.1:${REGISTRY_PORT}`, tls: { certificate: certFile, key: keyFile } }
  const storage = { filesystem: { rootdirectory: join(folder, 'registry') } }
  await writeFile(keyFile, key)
  await writeFile(certFile, cert)
  await writeFile(configuration, JSON.stringify({ version: 0.1, log: { level: 'warn' }, storage, http }))
  await writeFile(log, '')
  const registry = node.start(binary('registry'), ['serve', configuration], 'registry.log')
  const hosts = [`${REGISTRY}=${REGISTRY_PORT}`]
  const program = join(import.meta.dirname, 'company-proxy.ts')
  const proxy = node.start(process.execPath, [program, PROXY_PORT, log, ...hosts], 'proxy.log')
  await registry.ready(() => isOpen(node, REGISTRY_PORT))
  await proxy.ready(() => isOpen(node, PROXY_PORT))
  return { ca: authority.ca, requests: async () => (await readFile(log, 'utf8')).trim().split('\n') }
}

async function isOpen(node: Node, port: string): Promise<boolean> {
  const script = `require('node:net').connect(${port}).on('connect', () => process.exit(0)).on('error', () => process.exit(1))`
  return (await node.run(process.execPath, ['-e', script])).code === 0
}
