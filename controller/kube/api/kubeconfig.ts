import { readFile } from 'node:fs/promises'
import type { RequestOptions } from 'node:https'
import { isDeepStrictEqual } from 'node:util'
import { type Access, AccessError, type Identity } from './access.ts'
import { cachedIdentity } from './cached-identity.ts'
import { type Chosen, chooseContext } from './choose-context.ts'
import { proxyOf } from './connections.ts'
import { parseKubeconfigs } from './parse-kubeconfigs.ts'

export interface Kubeconfigs {
  /** In order of precedence. */
  readonly files: readonly string[]
  /** A context other than the current one. */
  readonly context?: string | undefined
  readonly env: Readonly<Record<string, string | undefined>>
}

/** The API server of a kubeconfig's context. Changed files are read again; the server stays the same. */
export async function kubeconfigAccess({ files, context, env }: Kubeconfigs): Promise<Access> {
  let texts = await readAll(files)
  let chosen = await chooseContext(await parseKubeconfigs(files, texts), { files, context })
  const { server, namespace, proxyUrl, name } = chosen
  const cache = cachedIdentity(async (isRefused) => {
    const now = await readAll(files)
    // client-node runs a credential plugin again when its credential has expired, or in a new KubeConfig.
    if (isRefused || !isDeepStrictEqual(now, texts)) {
      chosen = await chooseContext(await parseKubeconfigs(files, now), { files, context })
      texts = now
    }
    return identityOf(chosen)
  })
  const description = `context "${name}" of ${files.join(' and ')}`
  return { server, namespace, description, proxyEnv: proxyOf({ server, proxyUrl, env }), ...cache }
}

async function readAll(files: readonly string[]): Promise<readonly string[]> {
  const texts: string[] = []
  try {
    // One after another, so that the error names the first file.
    for (const file of files) texts.push(await readFile(file, 'utf8'))
    return texts
  } catch (cause) {
    throw new AccessError(`a kubeconfig must be a readable file, got ${(cause as Error).message}`, { cause })
  }
}

/** Runs the credential plugin, if there is one. */
async function identityOf({ kubeConfig, tokenFile }: Chosen): Promise<Identity> {
  const options: RequestOptions = {}
  await kubeConfig.applyToHTTPSOptions(options)
  const { ca, cert, key, rejectUnauthorized, servername, auth } = options
  const given = Object.entries(options.headers ?? {}).map(([name, value]) => [name.toLowerCase(), `${value}`.trim()])
  const headers: Record<string, string> = Object.fromEntries(given)
  if (auth) headers.authorization = `Basic ${Buffer.from(auth).toString('base64')}`
  if (tokenFile) headers.authorization = `Bearer ${(await readFile(tokenFile, 'utf8')).trim()}`
  return { tls: withoutUndefined({ ca, cert, key, rejectUnauthorized, servername }), headers }
}

/** To Node.js, `servername: undefined` differs from an absent servername. */
function withoutUndefined(
  tls: { readonly [Key in keyof Identity['tls']]: Identity['tls'][Key] | undefined },
): Identity['tls'] {
  return Object.fromEntries(Object.entries(tls).filter(([, value]) => value !== undefined))
}
