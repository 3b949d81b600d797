import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fieldChanges } from '../../../fn/diff/field-changes.ts'
import { changeInWords } from '../../../fn/diff/in-words.ts'

const toml = (text: string) => ({ buildkitdToml: text })

const cases: Readonly<Record<string, readonly [before: object, after: object, words: readonly string[]]>> = {
  'a field': [
    { image: 'moby/buildkit:v0.33.0' },
    { image: 'moby/buildkit:v0.34.2' },
    ['image: moby/buildkit:v0.33.0 → moby/buildkit:v0.34.2'],
  ],
  'a field that is new': [{}, { rootless: true }, ['rootless: (not set) → true']],
  'a field that is gone': [{ port: 1234 }, {}, ['port: 1234 → (not set)']],
  'a field within others': [
    { resources: { default: { limits: { memory: '4Gi' } } } },
    { resources: { default: { limits: { memory: '8Gi' } } } },
    ['resources.default.limits.memory: 4Gi → 8Gi'],
  ],
  'a list of values as a whole': [{ command: ['a'] }, { command: ['a', 'b'] }, ['command: ["a"] → ["a","b"]']],
  'a field of an object in a list': [
    { scheduling: { tolerations: [{ key: 'a', effect: 'NoSchedule' }] } },
    { scheduling: { tolerations: [{ key: 'a', effect: 'NoExecute' }, { key: 'b' }] } },
    ['scheduling.tolerations[0].effect: NoSchedule → NoExecute', 'scheduling.tolerations[1].key: (not set) → b'],
  ],
  'a setting of buildkitd': [
    toml('[[worker.oci.gcpolicy]]\nall = true\n[[worker.oci.gcpolicy]]\nmaxUsedSpace = "80GB"'),
    toml('# more\n[[worker.oci.gcpolicy]]\nall = true\n[[worker.oci.gcpolicy]]\nmaxUsedSpace = "120GB"'),
    ['worker.oci.gcpolicy[1].maxUsedSpace: 80GB → 120GB'],
  ],
  'numbers of buildkitd': [
    toml('[worker.oci]\nmax-parallelism = 4'),
    toml('[worker.oci]\nmax-parallelism = 8'),
    ['worker.oci.max-parallelism: 4 → 8'],
  ],
  'the first buildkitd.toml': [{}, toml('debug = true'), ['debug: (not set) → true']],
  'comments of a buildkitd.toml': [
    toml('debug = true'),
    toml('# on\ndebug = true'),
    ['buildkitdToml: changed in comments or layout only'],
  ],
  'a buildkitd.toml that is none': [toml('debug = true'), toml('debug ='), ['buildkitdToml: debug = true → debug =']],
  'a secret': [
    toml('[registry."docker.io"]\npassword = "a"'),
    toml('[registry."docker.io"]\npassword = "b"'),
    ['registry[docker.io].password: changed'],
  ],
}

for (const [name, [before, after, words]] of Object.entries(cases))
  test(`a difference is told as a reviewer would: ${name}`, () => {
    const changes = fieldChanges(before, after, ['spec']).map(changeInWords)
    assert.deepEqual(
      changes.map(({ field, change }) => `${field}: ${change}`),
      words,
    )
  })

test('there is no difference between equal specs', () => {
  assert.deepEqual(fieldChanges({ a: [{ b: 1 }] }, { a: [{ b: 1 }] }, ['spec']), [])
})
