import assert from 'node:assert/strict'
import { test } from 'node:test'
import { tomlPlace, tomlPlaces } from '../../../../fn/rules/security/toml-place.ts'

const text = `# [grpc]
insecure-entitlements = [
  "network.host",
]
note = """
[grpc]
debugAddress = "in a string"
"""
[GRPC] # BuildKit does not mind the case
  DebugAddress = "0.0.0.0:6060"
  tls = { cert = "a", key = "b" }
[registry."r.example.com:5000"]
http = true
registry.'with.dots'.insecure = true
[[worker.oci.gcpolicy]]
all = true
`

const cases: readonly (readonly [readonly string[], { line: number; column: number } | undefined])[] = [
  [['insecure-entitlements'], { line: 2, column: 1 }],
  [['grpc', 'debugAddress'], { line: 10, column: 3 }],
  [['grpc'], { line: 9, column: 1 }],
  [['grpc', 'tls', 'key'], { line: 11, column: 3 }],
  [['registry', 'r.example.com:5000', 'http'], { line: 13, column: 1 }],
  [['registry', 'r.example.com:5000', 'registry', 'with.dots', 'insecure'], { line: 14, column: 1 }],
  [['worker', 'oci', 'gcpolicy', 'all'], { line: 16, column: 1 }],
  [['history', 'maxAge'], undefined],
]

for (const [path, place] of cases)
  test(`a key of buildkitd.toml is found: ${path.join(' ')}`, () => {
    assert.deepEqual(tomlPlace(tomlPlaces(text), path), place)
  })
