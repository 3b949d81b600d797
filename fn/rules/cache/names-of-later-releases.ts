import { placeOf } from '../../toml/value-at.ts'
import { valuesAt } from '../../toml/values-at.ts'
import { isBefore } from '../is-before.ts'
import type { Rule } from '../rule.ts'
import { AMOUNT_KEYS } from './gc-config.ts'

/** Names that came with v0.17. */
export const NAMES_OF_LATER_RELEASES: Rule = {
  id: 'BK214',
  severity: 'warning',
  what: 'The image is older than `reservedSpace`, `maxUsedSpace` and `minFreeSpace`.',
  why: 'BuildKit passes over keys that it does not know, without a word. Before v0.17 it keeps 10 % of the disk by default, or what the old names say.',
  source: 'buildkit v0.16.0 and v0.17.0, cmd/buildkitd/config/config.go; cmd/buildkitd/config/load.go',
  example: {
    wrong: `kind: BuildkitTemplate
spec:
  image: moby/buildkit:v0.16.0
  buildkitdToml: |
    [worker.oci]
      maxUsedSpace = "50GB"
`,
    right: `kind: BuildkitTemplate
spec:
  image: moby/buildkit:v0.16.0
  buildkitdToml: |
    [worker.oci]
      gckeepstorage = 50000000000
`,
  },
  of: 'template',
  find: ({ toml, image }) => {
    if (!isBefore(image.version, '0.17')) return []
    const table = ['worker', 'oci']
    const dead = AMOUNT_KEYS.flatMap((key) => [
      ...valuesAt(toml, [...table, key]).map((value) => ({ value, old: 'gckeepstorage' })),
      ...valuesAt(toml, [...table, 'gcpolicy', key]).map((value) => ({ value, old: 'keepBytes' })),
    ])
    return dead.map(({ value, old }) => ({
      ...placeOf(value),
      message: `\`${value.path.at(-1)}\` has no effect before BuildKit v0.17, got "${image.tag}"; use \`${old}\`, or a newer image`,
    }))
  },
}
