import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import fc from 'fast-check'
import { readToml } from '../../../../fn/toml/read-toml.ts'
import { BUILDKITD_KEYS, BUILDKITD_KEYS_VERSION } from '../../../../fn/upstream/buildkit/buildkitd-keys.ts'
import { mistakesIn } from '../../../../fn/upstream/buildkit/mistakes-in.ts'
import type { Shape } from '../../../../fn/upstream/buildkit/shape.ts'
import { binary, needs } from '../../../harness/servers/binaries.ts'
import { runProgram } from '../../../harness/servers/run-program.ts'
import { configurations } from '../../toml/configurations.ts'
import { whatBuildkitSays } from '../../toml/what-buildkit-says.ts'

/** A type as Go names it; Kubernetes nodes have 64 bits. */
const GO_TYPES: Readonly<Record<string, string>> = {
  string: 'string',
  bool: 'boolean',
  int: 'integer',
  int64: 'integer',
  uint64: 'unsigned',
  Duration: 'duration',
  DiskSpace: 'size',
  interface: 'anything',
}

type GoShape = string | readonly [GoShape] | { readonly [key: string]: GoShape }

function shapeOf(go: GoShape): Shape {
  if (typeof go === 'string') return GO_TYPES[go] as Shape
  if (Array.isArray(go)) return { list: shapeOf(go[0]) }
  const entries = Object.entries(go).map(([key, inner]) => [key, shapeOf(inner)] as const)
  const [only] = entries
  return only?.[0] === '*' ? { each: only[1] } : { keys: Object.fromEntries(entries) }
}

suite("keys of buildkitd.toml and BuildKit's structs", { skip: needs('buildkitd-config') }, () => {
  test('are the same', async () => {
    const { stdout } = await runProgram(binary('buildkitd-config'), ['keys'])
    assert.deepEqual(BUILDKITD_KEYS, shapeOf(JSON.parse(stdout)))
  })

  test('are of the release that builders get', () => {
    const { major, minor, patch } = BUILDKITD_KEYS_VERSION
    const version = `v${major}.${minor}.${patch}`
    const source = (path: string) => readFileSync(join(import.meta.dirname, '../../../..', path), 'utf8')
    assert.match(source('fn/render/daemon.ts'), new RegExp(`moby/buildkit:${version}'`))
    for (const module of ['buildkit', 'buildkitd-config'])
      assert.match(source(`test/tools/${module}/go.mod`), new RegExp(`github.com/moby/buildkit ${version}\\b`))
  })

  test('BuildKit refuses what is a mistake, and ignores what it does not know', async () => {
    const documents = fc.sample(configurations(), { numRuns: 3000, seed: 1 })
    const ours = documents.map((document) => {
      const toml = readToml(document)
      if ('error' in toml) return 'refused'
      const kinds = mistakesIn(toml).map(({ kind }) => kind)
      if (kinds.some((kind) => kind !== 'unknown' && kind !== 'twice')) return 'refused'
      return kinds.includes('unknown') ? 'ignored' : 'read'
    })
    const verdicts = await whatBuildkitSays(documents)
    const theirs = verdicts.map(({ error, ignored }) => {
      if (error !== undefined) return 'refused'
      return ignored ? 'ignored' : 'read'
    })
    const differences = documents.flatMap((document, at) => {
      // smol-toml lets a dotted key into a table that a header has begun (docs/decisions/0017-smol-toml.md).
      if (/already (?:defined|exists)/.test(verdicts[at]?.error ?? '')) return []
      return ours[at] === theirs[at] ? [] : [{ document, ours: ours[at], theirs: verdicts[at] }]
    })
    assert.deepEqual(differences, [])
    for (const outcome of ['refused', 'ignored', 'read'])
      assert.ok(theirs.filter((one) => one === outcome).length > 200, `enough are ${outcome}`)
  })
})
