/** A mirror as BuildKit reads it (extractMirrorHostAndPath in util/resolver/utils.go). */
export interface Mirror {
  /** With its port; what the section of the mirror's own settings must be named. */
  readonly host: string
  /** What follows the host, without slashes at its end. */
  readonly path: string
  /** Lost, as BuildKit speaks HTTPS unless the mirror's own section says otherwise. */
  readonly scheme: string | undefined
  /** Lost too: user and password. */
  readonly hasCredentials: boolean
}

const WITH_SCHEME = /^([a-z][a-z\d+.-]*):\/\/([^/?#]+)([^?#]*)/i
const WITHOUT_SCHEME = /^(?:\/\/)?([^/?#]*)([^?#]*)/

export function parseMirror(text: string): Mirror {
  const [, scheme, ...ofUrl] = WITH_SCHEME.exec(text) ?? []
  const [authority = '', path = ''] = scheme === undefined ? (WITHOUT_SCHEME.exec(text) ?? []).slice(1) : ofUrl
  const host = authority.slice(authority.lastIndexOf('@') + 1)
  return {
    host,
    path: path.replace(/\/+$/, ''),
    scheme: scheme?.toLowerCase(),
    hasCredentials: host !== authority,
  }
}
