import { child, placeOf, type TomlValue, tablesIn, valueAt } from '../../toml/value-at.ts'
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
    const worker = valueAt(toml, ['worker', 'oci'])
    const policies = tablesIn(child(worker, 'gcpolicy')).flatMap((at) => amounts(at, 'keepBytes'))
    return [...amounts(worker, 'gckeepstorage'), ...policies].map(({ value, old }) => ({
      ...placeOf(value),
      message: `\`${value.path.at(-1)}\` has no effect before BuildKit v0.17, got "${image.tag}"; use \`${old}\`, or a newer image`,
    }))
  },
}

function amounts(table: TomlValue | undefined, old: string) {
  return AMOUNT_KEYS.flatMap((key) => {
    const value = child(table, key)
    return value ? [{ value, old }] : []
  })
}
