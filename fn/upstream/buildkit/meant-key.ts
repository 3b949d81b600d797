import { closest } from '../../../crds/closest.ts'
import { grouped } from '../../common/collections.ts'
import { keyText } from '../../results/toml-texts.ts'
import type { KeyPath } from '../../toml/key-positions.ts'
import { isTomlTable } from '../../toml/values-at.ts'
import { BUILDKITD_FLAGS } from './buildkitd-flags.ts'
import { BUILDKITD_KEYS } from './buildkitd-keys.ts'
import { foldedKey, type UnknownKey } from './mistakes-in.ts'
import type { Shape, TableShape } from './shape.ts'

/** The key that was probably meant by one that BuildKit does not have, as TOML writes it. */
export function meantKey({ path, value, table }: UnknownKey): string | undefined {
  const key = String(path.at(-1))
  const parent = path.slice(0, -1)
  const host = unquotedHost(path, value, table)
  if (host !== undefined) return keyText(['registry', host])
  const flag = BUILDKITD_FLAGS.get(key.replace(/^-+/, '').toLowerCase())
  if (flag) return keyText(flag.keys)
  const names = Object.keys(table.keys)
  const near = names.find((name) => name.startsWith(`${key}.`)) ?? closest(key, names)
  return near === undefined ? elsewhere(key) : keyText([...parent, near])
}

/** The key of the same table that takes the place of a misspelt one, as TOML writes it; not one with dots, which may be some keys there. */
export function respelt(mistake: UnknownKey): string | undefined {
  const { path, table } = mistake
  const near = closest(String(path.at(-1)), Object.keys(table.keys))
  // A flag may be near a key that it is not.
  const isMeant = near !== undefined && keyText([...path.slice(0, -1), near]) === meantKey(mistake)
  return isMeant && !near.includes('.') ? near : undefined
}

/** `[registry.docker.io]` has a registry `docker` with a table `io`. */
function unquotedHost(path: KeyPath, value: unknown, table: TableShape): string | undefined {
  if (path[0] !== 'registry' || path.length !== 3 || !isTomlTable(value)) return undefined
  const parts = path.slice(1)
  let inner: unknown = value
  while (isTomlTable(inner) && !Object.keys(inner).some((key) => foldedKey(table, key) !== undefined)) {
    const [only, ...more] = Object.entries(inner)
    if (only === undefined || more.length > 0) return undefined
    parts.push(only[0])
    inner = only[1]
  }
  return isTomlTable(inner) ? parts.join('.') : undefined
}

/** The one place of a key of that name; of those that both workers have, that of the worker that builders have. */
function elsewhere(key: string): string | undefined {
  places ??= grouped([...pathsIn(BUILDKITD_KEYS, [])], (path) => path.at(-1)?.toLowerCase())
  const found = places.get(key.toLowerCase()) ?? []
  const [only, ...more] = found.filter(([first, second]) => first !== 'worker' || second !== 'containerd')
  return only === undefined || more.length > 0 ? undefined : keyText(only)
}

/** Made once: there may be as many unknown keys as lines. */
let places: ReadonlyMap<string | undefined, readonly (readonly string[])[]> | undefined

function* pathsIn(shape: Shape, path: readonly string[]): Generator<readonly string[]> {
  if (typeof shape === 'string') return
  if ('list' in shape) yield* pathsIn(shape.list, path)
  else if ('each' in shape) yield* pathsIn(shape.each, [...path, 'HOST'])
  else
    for (const [key, inner] of Object.entries(shape.keys)) {
      yield [...path, key]
      yield* pathsIn(inner, [...path, key])
    }
}
