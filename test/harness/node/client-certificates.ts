import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createAuthority } from '../servers/certificates.ts'
import type { Node } from './node.ts'
import { succeed } from './succeed.ts'

/** The options of buildx's driver `remote` that name a client's certificate. */
export type Identity = Readonly<Record<'cacert' | 'cert' | 'key', string>>

/** Who connects: by what their certificate is worth. */
export interface Identities {
  readonly right: Identity
  readonly server: Identity
  readonly foreign: Identity
  readonly expired: Identity
}

interface Files {
  readonly ca: string
  readonly cert: string
  readonly key: string
}

/** Certificates of clients as files in the folder of a node whose CA is in the Secret `builders-ca`; `serverSecret` is that of a builder. */
export async function writeIdentities(node: Node, serverSecret: string): Promise<Identities> {
  const folder = join(node.folder, 'clients')
  const right = await secretOf(node, 'ci-client')
  const other = await (await createAuthority()).issue('/CN=ci')
  return {
    right: await write(join(folder, 'right'), right),
    server: await write(join(folder, 'server'), await secretOf(node, serverSecret)),
    foreign: await write(join(folder, 'foreign'), { ...right, ...other }),
    expired: await writeExpired(node, join(folder, 'expired'), right.ca),
  }
}

async function secretOf({ read }: Node, name: string): Promise<Files> {
  const { data } = (await read(`/api/v1/namespaces/builders/secrets/${name}`)) as {
    readonly data: Readonly<Record<string, string>>
  }
  const text = (key: string) => Buffer.from(data[key] ?? '', 'base64').toString()
  return { ca: text('ca.crt'), cert: text('tls.crt'), key: text('tls.key') }
}

async function write(folder: string, { ca, cert, key }: Files): Promise<Identity> {
  const paths = { cacert: join(folder, 'ca.crt'), cert: join(folder, 'tls.crt'), key: join(folder, 'tls.key') }
  await mkdir(folder, { recursive: true })
  await Promise.all([writeFile(paths.cacert, ca), writeFile(paths.cert, cert), writeFile(paths.key, key)])
  return paths
}

const CA_CONFIGURATION = `[ca]
default_ca = d
[d]
database = index
new_certs_dir = .
default_md = sha256
policy = p
x509_extensions = e
rand_serial = yes
[p]
commonName = supplied
[e]
extendedKeyUsage = clientAuth
`

/** A certificate of the right CA that ended years ago, which cert-manager would not issue. */
async function writeExpired(node: Node, folder: string, ca: string): Promise<Identity> {
  const issuer = await secretOf(node, 'builders-ca')
  const paths = await write(folder, { ca, cert: '', key: '' })
  const inFolder = (name: string) => join(folder, name)
  await writeFile(inFolder('ca.key'), issuer.key)
  await writeFile(inFolder('issuer.crt'), issuer.cert)
  await writeFile(inFolder('ca.cnf'), CA_CONFIGURATION)
  await writeFile(inFolder('index'), '')
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', paths.key]
  await succeed('openssl', ['req', '-new', ...newKey, '-subj', '/CN=ci', '-out', inFolder('request')])
  const signed = ['-cert', inFolder('issuer.crt'), '-keyfile', inFolder('ca.key'), '-in', inFolder('request')]
  const dates = ['-startdate', '20200101000000Z', '-enddate', '20200102000000Z']
  const program = `cd ${folder} && exec openssl ca -batch -notext -config ca.cnf "$@"`
  await succeed('sh', ['-c', program, 'sh', ...signed, ...dates, '-out', paths.cert])
  return paths
}
