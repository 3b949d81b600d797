const PORT = '(?::[0-9]+)?'
const DOMAIN_PART = '[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?'
const HOST = `(?:${DOMAIN_PART}(?:\\.${DOMAIN_PART})*|\\[[a-fA-F0-9:]+\\])${PORT}`
const COMPONENT = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*'
const TAG = '[\\w][\\w.-]{0,127}'
const DIGEST = 'sha256:[a-f0-9]{64}|sha384:[a-f0-9]{96}|sha512:[a-f0-9]{128}'
const IS_HOST = new RegExp(`^${HOST}$`)
const REFERENCE = new RegExp(`^(?:${HOST}/)?${COMPONENT}(?:/${COMPONENT})*(?::${TAG})?(?:@(?:${DIGEST}))?$`)
/** Longer than any reference, and short enough for the pattern to be quick. */
const LENGTH_MAX = 1000

/** Whether a text is the name of an image (distribution/reference, and go-digest for what follows "@"). */
export function isImageReference(text: string): boolean {
  return text.length <= LENGTH_MAX && REFERENCE.test(text)
}

/** Whether the name of an image can begin with this host: without a dot or a port it is a part of a repository of Docker Hub. */
export function isImageHost(text: string): boolean {
  return text.length <= LENGTH_MAX && IS_HOST.test(text) && (text === 'localhost' || /[.:]/.test(text))
}
