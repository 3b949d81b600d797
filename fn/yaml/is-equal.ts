import { isDeepStrictEqual } from 'node:util'

/** Whether two values of JSON, TOML or YAML are equal, the order of keys apart. */
export function isEqual(a: unknown, b: unknown): boolean {
  return isDeepStrictEqual(a, b)
}
