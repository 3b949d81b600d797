import { grouped } from '../../common/collections.ts'
import { EXPOSED, isCredential, keyText } from '../../results/toml-texts.ts'
import { BUILDKITD_KEYS_VERSION } from '../../upstream/buildkit/buildkitd-keys.ts'
import type { ImageFacts } from '../../upstream/buildkit/image-facts.ts'
import { meantKey, respelt } from '../../upstream/buildkit/meant-key.ts'
import { mistakesIn, type UnknownKey } from '../../upstream/buildkit/mistakes-in.ts'
import { isBefore } from '../../upstream/version.ts'
import { asWritten } from '../breaches/in-toml.ts'
import { templateOfToml } from '../example.ts'
import type { Rule } from '../rule.ts'

const { major, minor, patch } = BUILDKITD_KEYS_VERSION
/** So many keys are a list that can still be read. */
const LISTED_MAX = 7

/** A key that BuildKit does not have. */
export const rule: Rule = {
  severity: 'warning',
  text: () => ({
    what: 'BuildKit does not have this key.',
    why: 'buildkitd silently ignores unknown keys, so a typo turns a setting off. This rule does not judge images with a newer BuildKit than the list of keys that it knows.',
    source: 'buildkit v0.34.2, cmd/buildkitd/config/load.go, which does not call DisallowUnknownFields',
    example: {
      wrong: templateOfToml('[worker.oci]\nmaxParallelism = 4\n'),
      right: templateOfToml('[worker.oci]\nmax-parallelism = 4\n'),
    },
  }),
  ...asWritten((toml, { image }) => {
    if (isNewer(image)) return []
    const unknown = mistakesIn(toml).filter((mistake) => mistake.kind === 'unknown')
    const wanted = grouped(unknown, (mistake) => renamed(mistake))
    return unknown.map((mistake) => {
      const { path, value, siblings } = mistake
      const message = `is not a key of BuildKit v${major}.${minor}.${patch}, which ignores it${isCredential(path.at(-1), value) ? exposure(mistake) : hint(mistake)}`
      const to = respelt(mistake)
      // Two keys must not become one.
      const isFree = to && !siblings.has(to.toLowerCase()) && wanted.get(renamed(mistake))?.length === 1
      return { path, message, ...(isFree && { fix: { kind: 'rename' as const, to } }) }
    })
  }),
}

/** The path of a key as it would be spelled right. */
function renamed(mistake: UnknownKey): string {
  return JSON.stringify([...mistake.path.slice(0, -1), respelt(mistake)])
}

function isNewer({ version }: ImageFacts): boolean {
  return version !== undefined && isBefore(BUILDKITD_KEYS_VERSION, `${version.major}.${version.minor}`)
}

/** What BuildKit ignores is no secret of BuildKit's, but everybody else reads it. */
function exposure(mistake: UnknownKey): string {
  const meant = meantKey(mistake)
  return `${meant === undefined ? '' : `; did you mean \`${meant}\`?`}; it looks like a credential, which ${EXPOSED}`
}

function hint(mistake: UnknownKey): string {
  const meant = meantKey(mistake)
  if (meant !== undefined) return `; did you mean \`${meant}\`?`
  const names = Object.keys(mistake.table.keys)
  if (names.length === 0 || names.length > LISTED_MAX) return '; remove it'
  return `; the known keys are ${names.map((name) => `\`${keyText([name])}\``).join(', ')}`
}
