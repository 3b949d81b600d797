import type { ConnectionOptions } from 'node:tls'

/** Where an API server is, and who we are to it. */
export interface Access {
  /** Its path, if it has one, comes before that of each call. */
  readonly server: URL
  /** The namespace of our Pod or of the kubeconfig's context. */
  readonly namespace: string | undefined
  /** For a log: `context "kind" of /home/me/.kube/config`. */
  readonly description: string
  /** What now proves who we are; rejects when a file cannot be read or a credential plugin fails. */
  readonly identity: () => Promise<Identity>
  /** Says that the server does not take this identity, so that the next one is read anew. */
  readonly forget: (refused: Identity) => void
  /** The variables of a proxy between us and the server, as `http.Agent` takes them; undefined for none. */
  readonly proxyEnv?: Readonly<Record<string, string>> | undefined
}

/** What proves to both ends of a connection who the other is. */
export interface Identity {
  readonly tls: Pick<ConnectionOptions, 'ca' | 'cert' | 'key' | 'rejectUnauthorized' | 'servername'>
  /** `authorization`, where there is a token or a password. */
  readonly headers: Readonly<Record<string, string>>
}

/** Why no API server is known, in one line for whoever started the program. */
export class AccessError extends Error {
  override readonly name = 'AccessError'
}
