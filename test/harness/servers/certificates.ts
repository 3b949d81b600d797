import { execFile, spawnSync } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { promisify } from 'node:util'

export interface Certificate {
  readonly key: string
  readonly cert: string
}

export interface Authority {
  readonly ca: string
  /** A certificate for 127.0.0.1, ::1, `kubernetes.test` and `registry.company.test`. */
  readonly issue: (subject?: string) => Promise<Certificate>
}

const SELF_SIGNED = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2']
const NAMES = 'subjectAltName=IP:127.0.0.1,IP:::1,DNS:kubernetes.test,DNS:registry.company.test'

/** The `skip` of a test with certificates: Node can use them, not make them. With CI=true a missing openssl is thrown. */
export function needsOpenssl(): false | string {
  if (spawnSync('openssl', ['version']).status === 0) return false
  if (process.env.CI === 'true') throw new Error('needs openssl')
  return 'needs openssl'
}

/** A certificate authority of which nothing trusts but who is told to. */
export async function createAuthority(): Promise<Authority> {
  const { key, cert: ca } = await openssl(['-subj', '/CN=authority'], {})
  const extensions = ['-addext', NAMES, '-addext', 'basicConstraints=critical,CA:FALSE']
  return {
    ca,
    issue: (subject = '/CN=kubernetes.test') => openssl(['-subj', subject, ...extensions], { key, cert: ca }),
  }
}

async function openssl(args: readonly string[], { key, cert }: Partial<Certificate>): Promise<Certificate> {
  const folder = await mkdtemp(join(tmpdir(), 'certificates-'))
  const [issuerKey = '', issuer = '', newKey = '', newCertificate = ''] = [0, 1, 2, 3].map((n) => join(folder, `${n}`))
  try {
    if (key && cert) await Promise.all([writeFile(issuerKey, key), writeFile(issuer, cert)])
    const issuedBy = key && cert ? ['-CA', issuer, '-CAkey', issuerKey] : []
    await promisify(execFile)('openssl', [
      ...SELF_SIGNED,
      ...args,
      ...issuedBy,
      '-keyout',
      newKey,
      '-out',
      newCertificate,
    ])
    return { key: await readFile(newKey, 'utf8'), cert: await readFile(newCertificate, 'utf8') }
  } finally {
    await rm(folder, { recursive: true })
  }
}
