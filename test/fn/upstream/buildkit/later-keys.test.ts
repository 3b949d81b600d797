import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { BUILDKITD_KEYS } from '../../../../fn/upstream/buildkit/buildkitd-keys.ts'
import { sinceOf } from '../../../../fn/upstream/buildkit/later-keys.ts'
import type { Shape } from '../../../../fn/upstream/buildkit/shape.ts'
import { isBefore } from '../../../../fn/upstream/version.ts'
import { goVersion } from '../../../tools/go-version.ts'
import { moduleFolder } from '../../../tools/module-folder.ts'
import { keysInGo } from '../../toml/keys-in-go.ts'

/** The last before and the first after some of the keys came, and the newest. */
const MINORS = [13, 16, 17, 29, 30, 33, 34]

/** The paths of all keys, without what is in tables that other Go files declare. */
function paths(shape: Shape, path: readonly string[]): readonly (readonly string[])[] {
  if (typeof shape === 'string' || 'each' in shape || path.join('.') === 'cache.gha') return [path]
  if ('list' in shape) return paths(shape.list, path)
  return Object.entries(shape.keys).flatMap(([key, inner]) => paths(inner, [...path, key]))
}

suite('the releases that keys came with', { skip: goVersion() === undefined && 'needs go' }, () => {
  for (const minor of MINORS)
    test(`the structs of BuildKit v0.${minor}.0 have the keys that it is said to have`, () => {
      const folder = moduleFolder('buildkitd-config', `github.com/moby/buildkit@v0.${minor}.0`)
      const source = readFileSync(join(folder, 'cmd/buildkitd/config/config.go'), 'utf8')
      const known = paths(BUILDKITD_KEYS, []).filter((path) => !isBefore({ major: 0, minor }, sinceOf(path) ?? '0.0'))
      assert.deepEqual(keysInGo(source, 'Config').toSorted(), known.map((path) => path.join('.')).sort())
    })
})
