import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import process from 'node:process'
import { binary } from '../servers/binaries.ts'
import { type Certificate, createAuthority } from '../servers/certificates.ts'
import type { Node } from './node.ts'
import { registriesFolder, SERVICE_IP } from './node-files.ts'

export const REGISTRY = 'registry.company.test'
const PROXY_PORT = '3128'
export const PROXY = `http://${SERVICE_IP}:${PROXY_PORT}`

const REGISTRY_PORT = '5443'

/** Who may push and pull: the account "builder" with the password "secret", by the latter's bcrypt hash. */
export const ACCOUNT = { username: 'builder', password: 'secret' }
const HTPASSWD = 'builder:$2b$04$bJPmwatUBMZfvVhs7op7g.aHqjBbGqa7mnrQi3RYEMLC5VIyJl/2.\n'

/** A registry with accounts and a certificate of a private authority. Pods reach it through a proxy alone: no name server knows it. */
export interface Company {
  /** The certificate of the authority. */
  readonly ca: string
  /** The folder with the configuration of a client that has logged in. */
  readonly dockerConfig: string
  /** What the proxy was asked for, a line for each request. */
  readonly requests: () => Promise<readonly string[]>
}

export async function startCompany(node: Node): Promise<Company> {
  const folder = join(node.folder, 'company')
  await mkdir(folder)
  const { ca, issue } = await createAuthority()
  await startRegistry(node, await issue())
  await configureContainerd(node, ca)
  const log = join(folder, 'requests')
  await writeFile(log, '')
  const program = join(import.meta.dirname, 'company-proxy.ts')
  const proxied = `${REGISTRY}=${REGISTRY_PORT}`
  const proxy = node.start(process.execPath, [program, PROXY_PORT, log, proxied], 'proxy.log')
  await proxy.ready(() => isOpen(node, PROXY_PORT))
  const dockerConfig = await writeDockerConfig(join(folder, 'client'))
  return { ca, dockerConfig, requests: async () => (await readFile(log, 'utf8')).trim().split('\n') }
}

/** Writes the configuration of a client that has logged in; `more` goes beside its credentials. */
export async function writeDockerConfig(folder: string, more: object = {}): Promise<string> {
  await mkdir(folder)
  const auth = Buffer.from(`${ACCOUNT.username}:${ACCOUNT.password}`).toString('base64')
  await writeFile(join(folder, 'config.json'), JSON.stringify({ auths: { [REGISTRY]: { auth } }, ...more }))
  return folder
}

/** Puts an image of the node into the registry, and takes away what the node has of it by that name. */
export async function moveToRegistry({ ctr, folder }: Node, image: string): Promise<string> {
  const moved = image.replace(/^[^/]+/, REGISTRY)
  const user = `--user=${ACCOUNT.username}:${ACCOUNT.password}`
  await ctr('images', 'tag', image, moved)
  await ctr('images', 'push', `--hosts-dir=${registriesFolder(folder)}`, user, moved)
  await ctr('images', 'rm', moved)
  return moved
}

async function startRegistry(node: Node, { key, cert }: Certificate): Promise<void> {
  const folder = join(node.folder, 'company')
  const write = async (name: string, content: string) => {
    await writeFile(join(folder, name), content)
    return join(folder, name)
  }
  const tls = { certificate: await write('certificate.pem', cert), key: await write('key.pem', key) }
  const configuration = {
    version: 0.1,
    log: { level: 'warn' },
    storage: { filesystem: { rootdirectory: join(folder, 'registry') } },
    http: { addr: `127.0.0.1:${REGISTRY_PORT}`, tls },
    auth: { htpasswd: { realm: 'company', path: await write('htpasswd', HTPASSWD) } },
  }
  const args = ['serve', await write('registry.json', JSON.stringify(configuration))]
  await node.start(binary('registry'), args, 'registry.log').ready(() => isOpen(node, REGISTRY_PORT))
}

/** Has the node's containerd find the registry, which trusts no other authority for it. */
async function configureContainerd({ folder }: Node, ca: string): Promise<void> {
  const registry = join(registriesFolder(folder), REGISTRY)
  await mkdir(registry, { recursive: true })
  await writeFile(join(registry, 'ca.pem'), ca)
  const host = `[host."https://127.0.0.1:${REGISTRY_PORT}"]\n  ca = "${registry}/ca.pem"\n`
  await writeFile(join(registry, 'hosts.toml'), `server = "https://127.0.0.1:${REGISTRY_PORT}"\n${host}`)
}

async function isOpen(node: Node, port: string): Promise<boolean> {
  const script = `require('node:net').connect(${port}).on('connect', () => process.exit(0)).on('error', () => process.exit(1))`
  return (await node.run(process.execPath, ['-e', script])).code === 0
}
