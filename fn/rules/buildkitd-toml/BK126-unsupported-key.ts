import { valuesAt } from '../../toml/values-at.ts'
import { isReadBy, LATER_KEYS } from '../../upstream/buildkit/later-keys.ts'
import { isBefore } from '../../upstream/version.ts'
import { anywhereAsWritten } from '../breaches/in-toml.ts'
import { templateOfToml } from '../example.ts'
import type { Rule } from '../rule.ts'

/** A key that the image is too old for. */
export const rule: Rule = {
  severity: 'warning',
  text: () => ({
    what: 'A key needs a later BuildKit than the image has.',
    why: 'buildkitd silently ignores unknown keys: the setting has no effect, and the setting that it replaces stays in force.',
    source: 'buildkit v0.13.0 to v0.34.2, cmd/buildkitd/config/config.go and load.go',
    example: {
      wrong: templateOfToml('[worker.oci]\nmaxUsedSpace = "50GB"\n', 'moby/buildkit:v0.16.0'),
      right: templateOfToml('[worker.oci]\ngckeepstorage = "50GB"\n', 'moby/buildkit:v0.16.0'),
    },
  }),
  ...anywhereAsWritten((toml, { image }) =>
    LATER_KEYS.filter(({ since }) => isBefore(image.version, since)).flatMap(({ keys, since, before }) => {
      const unread = valuesAt(toml, keys).filter(({ path }) => isReadBy(image, path.slice(0, -1)))
      const instead = before ? `use \`${before}\`, or a newer image` : 'use a newer image, or remove it'
      const message = `has no effect before BuildKit v${since}, got "${image.tag}", which ignores it; ${instead}`
      return unread.map(({ path }) => ({ path, message }))
    }),
  ),
}
