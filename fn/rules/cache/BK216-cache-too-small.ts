import type { TomlValue } from '../../toml/values-at.ts'
import { byteText } from '../../upstream/buildkit/amount.ts'
import { simulate } from '../../upstream/buildkit/simulate.ts'
import { type Breach, breachAt } from '../breaches/breach.ts'
import { templateOfToml } from '../example.ts'
import { gcOf } from '../facts/cache.ts'
import type { Rule } from '../rule.ts'

/** Less than the layers of one small image and what is built on it. */
const ENOUGH = 100e6

/** Up to here a number without a unit was probably meant in the MB of old releases. */
const MEGABYTES_MAX = 1e6

/** A cache that cannot hold an image. */
export const rule: Rule = {
  severity: 'warning',
  text: () => ({
    what: 'The cache is smaller than an image.',
    why: "Garbage collection deletes everything above this amount, up to once a minute, so builds find no cache. Since v0.12, a number without a unit is in bytes. Before, `gckeepstorage` was in MB, as BuildKit's flag still is, and samples of that time have numbers such as 9000.",
    source:
      'buildkit v0.34.2, cmd/buildkitd/config/gcpolicy.go, DiskSpace.UnmarshalText; cache/manager.go, calculateKeepBytes; moby/buildkit#4264',
    example: {
      wrong: templateOfToml('[worker.oci]\n  maxUsedSpace = 20000\n'),
      right: templateOfToml('[worker.oci]\n  maxUsedSpace = "20000MB"\n'),
    },
  }),
  of: 'template',
  needs: 'settings',
  find: (template) =>
    gcOf(template).scopes.flatMap(({ policy, amounts: { maxUsedSpace, reservedSpace }, old }) => {
      const { ceiling } = simulate({ policies: [policy] })
      const written = maxUsedSpace ?? reservedSpace ?? old
      return written && ceiling < ENOUGH ? [breachOf(written, ceiling)] : []
    }),
}

function breachOf(written: TomlValue, ceiling: number): Breach {
  const { path, value } = written
  const isInMegabytes = typeof value === 'bigint' && value <= MEGABYTES_MAX
  const meant = isInMegabytes ? `; a number without a unit is in bytes; did you mean "${value}MB"?` : ''
  const message = `\`${path.at(-1)}\` must be large enough for images, got ${byteText(ceiling)}; every collection prunes the cache to it${meant}`
  return breachAt(written, message)
}
