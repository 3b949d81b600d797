import type { ConnectionOptions } from 'node:tls'

/** The address of an API server, and our identity. */
export interface Access {
  /** Its path, if any, is a prefix of the path of each call. */
  readonly server: URL
  /** The namespace of our Pod or of the kubeconfig's context. */
  readonly namespace: string | undefined
  /** For a log: `context "kind" of /home/me/.kube/config`. */
  readonly description: string
  /** The present credentials; rejects if a file cannot be read or a credential plugin fails. */
  readonly identity: () => Promise<Identity>
  /** Reports that the server has refused this identity, so that it is read again. */
  readonly forget: (refused: Identity) => void
  /** The environment variables of a proxy on the way to the server, for `http.Agent`; undefined for none. */
  readonly proxyEnv?: Readonly<Record<string, string>> | undefined
}

/** The credentials of both ends of a connection. */
export interface Identity {
  readonly tls: Pick<ConnectionOptions, 'ca' | 'cert' | 'key' | 'rejectUnauthorized' | 'servername'>
  /** `authorization`, if there is a token or a password. */
  readonly headers: Readonly<Record<string, string>>
}

/** Why the API server cannot be determined, in one line for the user. */
export class AccessError extends Error {
  override readonly name = 'AccessError'
}
