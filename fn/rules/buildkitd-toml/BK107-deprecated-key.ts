import type { TomlDocument } from '../../toml/read-toml.ts'
import { elementsAt, type TomlValue, valueAt, valuesAt } from '../../toml/values-at.ts'
import type { ImageFacts } from '../../upstream/buildkit/image-facts.ts'
import { isBefore } from '../../upstream/version.ts'
import { asWritten, type TomlBreach } from '../breaches/in-toml.ts'
import { templateOfToml } from '../example.ts'
import type { TemplateFacts } from '../facts/facts.ts'
import type { Rule } from '../rule.ts'

/** A key that has a successor. */
interface Deprecated {
  /** Those of the tables that it may stand in. */
  readonly table: readonly string[]
  readonly key: string
  /** The release that brought what is written instead. */
  readonly since: string
  /** Beside these, from the same table on, it has no effect; other rules say so of amounts. */
  readonly deadBeside: readonly (readonly string[])[]
  /** Undefined for a value that has no effect. */
  readonly instead: (value: unknown, table: TomlValue) => Instead | undefined
}

/** What is written in the place of the key, or in a table that stands elsewhere. */
interface Instead {
  readonly setting: string
  readonly table?: string
}

const level = (name: string) => {
  return (value: unknown, table: TomlValue): Instead | undefined => {
    if (value !== true) return undefined
    return valueAt(table, ['log'])
      ? { setting: `level = "${name}"`, table: 'log' }
      : { setting: `log.level = "${name}"` }
  }
}
const amount = (name: string, value: unknown): Instead => ({
  setting: `${name} = ${JSON.stringify(typeof value === 'bigint' ? Number(value) : value)}`,
})

/** What BuildKit's config.go marks as deprecated. An amount that is alone is a most, by whatever name. */
const DEPRECATED_KEYS: readonly Deprecated[] = [
  { table: [], key: 'debug', since: '0.30', deadBeside: [['log', 'level'], ['trace']], instead: level('debug') },
  { table: [], key: 'trace', since: '0.30', deadBeside: [['log', 'level']], instead: level('trace') },
  {
    table: ['worker', '*'],
    key: 'gckeepstorage',
    since: '0.17',
    deadBeside: [['gcpolicy'], ['reservedSpace'], ['maxUsedSpace'], ['minFreeSpace']],
    instead: (value) => amount('maxUsedSpace', value),
  },
  {
    table: ['worker', '*', 'gcpolicy'],
    key: 'keepBytes',
    since: '0.17',
    deadBeside: [['reservedSpace']],
    instead: (value, policy) => {
      const isAlone = !['maxUsedSpace', 'minFreeSpace'].some((key) => isSet(policy, [key]))
      return amount(isAlone ? 'maxUsedSpace' : 'reservedSpace', value)
    },
  },
]

/** A key that a later BuildKit will ignore. */
export const rule: Rule = {
  severity: 'warning',
  text: () => ({
    what: 'A key is deprecated.',
    why: 'BuildKit still reads the key, but a later release will silently ignore it. An old amount for the cache sets both the maximum and the minimum; `maxUsedSpace` alone expresses this better than `reservedSpace`. This rule does not judge images that do not have the new key yet.',
    source: 'buildkit v0.34.2, cmd/buildkitd/config/config.go; cache/manager.go, calculateKeepBytes',
    example: {
      wrong: templateOfToml('[worker.oci]\ngckeepstorage = "40GB"\n'),
      right: templateOfToml('[worker.oci]\nmaxUsedSpace = "40GB"\n'),
    },
  }),
  ...asWritten((toml, { image }) => {
    const replaced = DEPRECATED_KEYS.filter(({ since }) => !isBefore(image.version, since))
    return replaced.flatMap((deprecated) => uses(toml, deprecated, image))
  }),
}

function uses(toml: TomlDocument, deprecated: Deprecated, image: TemplateFacts['image']): readonly TomlBreach[] {
  const { table, key, deadBeside, instead } = deprecated
  return elementsAt(toml, table).flatMap((parent) => {
    if (deadBeside.some((keys) => isSet(parent, keys))) return []
    return valuesAt(parent, [key]).flatMap(({ path, value }) => {
      const wanted = instead(value, parent)
      if (!wanted) return []
      const { setting, table: elsewhere } = wanted
      const message = `is deprecated; write \`${setting}\`${elsewhere ? ` in \`[${elsewhere}]\`` : ''}`
      return [{ path, value, message, ...(isKnown(image) && !elsewhere && { proposedValue: setting }) }]
    })
  })
}

/** Whether it is sure that the image has the new keys: one that only a digest or another name tells of may be old. */
function isKnown({ isRootless }: ImageFacts): boolean {
  return isRootless !== undefined
}

/** Whether a table has a value there that is not as good as none. */
function isSet(table: TomlValue, keys: readonly string[]): boolean {
  const value = valueAt(table, keys)?.value
  return Array.isArray(value) ? value.length > 0 : Boolean(value)
}
