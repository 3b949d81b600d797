import type { BuildkitTemplate } from '../../../crds/buildkit-template.ts'
import { grouped } from '../../common/collections.ts'
import { metricsPortOf } from '../../render/daemon.ts'
import { CERTIFICATES, keysOfSecret } from '../../render/tls.ts'
import { keyPositions } from '../../toml/key-positions.ts'
import type { Override, Toml, TomlDocument, TomlTable } from '../../toml/read-toml.ts'
import { isTomlTable } from '../../toml/values-at.ts'
import { BUILDKITD_FLAGS } from '../../upstream/buildkit/buildkitd-flags.ts'
import { type CommandFlag, commandFlags } from '../../upstream/buildkit/command-flags.ts'

const NO_FILE: TomlDocument = { text: '', value: {}, positions: keyPositions('') }

/**
 * What buildkitd is told by its file, by flags in `command`, which win (applyMainFlags in cmd/buildkitd/main.go, applyOCIFlags in
 * main_oci_worker.go), and by flags that fields of the template give it, which are the last; undefined where it is told nothing, or the
 * file is not TOML.
 */
export function settingsOf(toml: Toml | undefined, spec: TemplateSpec): TomlDocument | undefined {
  if (toml && 'error' in toml) return undefined
  const overrides = [...(spec.command ? overridesIn(commandFlags(spec.command)) : []), ...overridesByFields(spec)]
  if (overrides.length === 0) return toml
  const file = toml ?? NO_FILE
  const byKey = grouped(overrides, ({ keys }) => keys.join('.'))
  const value = [...byKey.values()].reduce(withOverrides, file.value)
  return { ...file, value, overrides, original: file }
}

type TemplateSpec = Pick<BuildkitTemplate['spec'], 'command' | 'tls' | 'observability'>

const KEY_OF_FILE: Readonly<Record<string, string>> = { 'tls.crt': 'cert', 'tls.key': 'key', 'ca.crt': 'ca' }

function overridesByFields({ tls, observability }: TemplateSpec): readonly Override[] {
  const ofTls = (tls ? keysOfSecret(tls) : []).map((file) => ({
    keys: ['grpc', 'tls', KEY_OF_FILE[file] ?? file],
    value: `${CERTIFICATES}/${file}`,
    name: 'spec.tls',
    field: ['spec', 'tls'],
  }))
  const port = metricsPortOf({ observability })
  if (port === undefined) return ofTls
  const field = ['spec', 'observability', 'metrics', 'port']
  return [...ofTls, { keys: ['grpc', 'debugAddress'], value: `0.0.0.0:${port}`, name: field.join('.'), field }]
}

/** `--addr` is not among them: what a command says is added to what each Pod is started with. */
function overridesIn(flags: readonly CommandFlag[]): readonly Override[] {
  const levels = ['debug', 'trace'].flatMap((level) =>
    flags.filter(({ name, value }) => name === level && isTrue(value)).map((flag) => override(flag, LEVEL, level)),
  )
  return [...levels, ...flags.filter(({ name }) => name !== 'addr').flatMap(overridesBy)]
}

const LEVEL = ['log', 'level']

function override({ name, at }: CommandFlag, keys: readonly string[], value: unknown): Override {
  return { keys, value, name: `--${name}`, field: ['spec', 'command', at] }
}

function overridesBy(flag: CommandFlag): readonly Override[] {
  const { kind, keys = [] } = BUILDKITD_FLAGS.get(flag.name) ?? {}
  const { value } = flag
  switch (kind) {
    case undefined:
      return []
    case 'text':
      return [override(flag, keys, value)]
    case 'boolean':
      return [override(flag, keys, isTrue(value))]
    case 'word':
      return /^(?:true|false)$/.test(value) ? [override(flag, keys, value === 'true')] : []
    case 'number':
      return /^-?\d{1,18}$/.test(value) ? [override(flag, keys, BigInt(value))] : []
    case 'list':
      return [override(flag, keys, [value])]
    case 'megabytes':
      return AMOUNTS.map((key, part) => {
        const megabytes = Number(value.split(',')[part] ?? 0) || 0
        // An empty amount is one that is left out.
        return override(flag, [...keys.slice(0, -1), key], megabytes > 0 ? `${megabytes * 1e6}` : '')
      })
  }
}

/** In the order in which `--oci-worker-gc-keepstorage` has them. */
const AMOUNTS = ['reservedSpace', 'minFreeSpace', 'maxUsedSpace']

function isTrue(text: string): boolean {
  return text === '' || /^(?:1|t|true)$/i.test(text)
}

/** A table with what flags say of one key: the last of them, or each of them one of a list. */
function withOverrides(table: TomlTable, overrides: readonly Override[]): TomlTable {
  const [last] = overrides.slice(-1)
  if (!last) return table
  const value = Array.isArray(last.value) ? overrides.flatMap((one) => one.value) : last.value
  return withKey(table, last.keys, value)
}

/** A table with another value at some keys, the last as the key is spelled there. */
function withKey(table: TomlTable, [key = '', ...rest]: readonly string[], value: unknown): TomlTable {
  const name = Object.keys(table).findLast((one) => one.toLowerCase() === key.toLowerCase()) ?? key
  const { [name]: before, ...others } = table
  return { ...others, [name]: rest.length === 0 ? value : withKey(isTomlTable(before) ? before : {}, rest, value) }
}
