import type { KeyPath } from '../../toml/key-positions.ts'
import type { TomlDocument, TomlTable } from '../../toml/read-toml.ts'
import { valuesAt } from '../../toml/values-at.ts'
import { AMOUNT_KEYS } from '../cache/gc-config.ts'
import { isBefore } from '../is-before.ts'
import type { Rule } from '../rule.ts'
import { templateWith } from './example.ts'
import { inToml, type TomlFinding } from './in-toml.ts'

/** Its keys, since which release BuildKit has others, and which those are: undefined where it has no effect. */
interface Deprecated {
  readonly keys: readonly string[]
  readonly since: string
  readonly instead: (use: Use) => Instead | undefined
}

/** What is written in the place of the key, or in a table that stands elsewhere. */
interface Instead {
  readonly setting: string
  readonly table?: string
}

interface Use {
  readonly value: unknown
  /** Whether its table has another key, given in small letters. */
  readonly isBeside: (key: string) => boolean
}

const set = (name: string, value: unknown): Instead => ({
  setting: `${name} = ${JSON.stringify(typeof value === 'bigint' ? Number(value) : value)}`,
})

const level = (name: string) => {
  return ({ value, isBeside }: Use): Instead | undefined => {
    if (value !== true) return undefined
    return isBeside('log') ? { ...set('level', name), table: 'log' } : set('log.level', name)
  }
}

/** BuildKit reads it as `reservedSpace` where no other amount and no policy is given, and alone that is the most that is kept. */
function keepStorage({ value, isBeside }: Use): Instead | undefined {
  return ['gcpolicy', ...AMOUNTS].some(isBeside) ? undefined : set('maxUsedSpace', value)
}

/** BuildKit reads it as `reservedSpace` where that is not given, and beside no other amount that is the most that is kept. */
function keepBytes({ value, isBeside }: Use): Instead | undefined {
  if (isBeside('reservedspace')) return undefined
  return set(AMOUNTS.some(isBeside) ? 'reservedSpace' : 'maxUsedSpace', value)
}

const AMOUNTS = AMOUNT_KEYS.map((key) => key.toLowerCase())

/** What BuildKit's config.go marks as deprecated. */
const DEPRECATED_KEYS: readonly Deprecated[] = [
  { keys: ['debug'], since: '0.30', instead: level('debug') },
  { keys: ['trace'], since: '0.30', instead: level('trace') },
  { keys: ['worker', '*', 'gckeepstorage'], since: '0.17', instead: keepStorage },
  { keys: ['worker', '*', 'gcpolicy', 'keepBytes'], since: '0.17', instead: keepBytes },
]

/** A key that BuildKit will not read for ever. */
export const DEPRECATED: Rule = {
  id: 'BK107',
  severity: 'warning',
  what: 'A key is deprecated.',
  why: 'BuildKit still reads it and will stop to; then it is ignored without a word. `gckeepstorage` or `keepBytes` alone is what the cache is pruned down to: so is `maxUsedSpace`, which says so, unlike `reservedSpace`.',
  source: 'buildkit v0.34.2, cmd/buildkitd/config/config.go and gcpolicy.go; cache/manager.go, calculateKeepBytes',
  example: {
    wrong: templateWith('[worker.oci]\ngckeepstorage = "40GB"\n'),
    right: templateWith('[worker.oci]\nmaxUsedSpace = "40GB"\n'),
  },
  of: 'template',
  find: inToml((toml, { image }) =>
    DEPRECATED_KEYS.filter(({ since }) => !isBefore(image.version, since)).flatMap((one) => uses(toml, one)),
  ),
}

function uses(toml: TomlDocument, { keys, instead }: Deprecated): readonly TomlFinding[] {
  return valuesAt(toml, keys).flatMap((one) => {
    const names = namesBeside(toml, one.path)
    const wanted = instead({ value: one.value, isBeside: (key) => names.includes(key) })
    if (!wanted) return []
    const { setting, table } = wanted
    const message = `is deprecated; write \`${setting}\`${table ? ` in \`[${table}]\`` : ''}`
    return [{ ...one, message, ...(!table && { proposedValue: setting }) }]
  })
}

/** The keys of the table that `path` leads into, in small letters. */
function namesBeside({ value }: TomlDocument, path: KeyPath): readonly string[] {
  const table = path.slice(0, -1).reduce<unknown>((at, key) => (at as Record<string | number, unknown>)[key], value)
  return Object.keys(table as TomlTable).map((key) => key.toLowerCase())
}
