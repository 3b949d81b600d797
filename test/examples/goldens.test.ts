import assert from 'node:assert/strict'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { built } from './built.ts'
import { exampleNames, packagePath } from './example-names.ts'
import { podsIn } from './pods-in.ts'

const GOLDEN = join(import.meta.dirname, '../golden')
const HASHES = join(GOLDEN, 'hashes.json')
const { UPDATE } = process.env

const MAJOR_RELEASE = `the names of Pods have moved, so the next render would replace every builder of every user.
That is a major release: read VERSIONING.md, put "**Rolls builders**" into CHANGELOG.md, and run UPDATE=hashes npm test.
A new example is no such thing: run UPDATE=hashes npm test, and see in the diff that lines were added only.`

for (const name of exampleNames) {
  test(`examples/${name} builds what test/golden/${name}.yaml says`, async () => {
    const golden = join(GOLDEN, `${name}.yaml`)
    const { manifests } = await built(packagePath(name))
    if (UPDATE) writeFileSync(golden, manifests)
    assert.equal(manifests, readFileSync(golden, 'utf8'))
  })
}

test('every golden belongs to an example', () => {
  assert.deepEqual(
    readdirSync(GOLDEN),
    [...exampleNames.map((name) => `${name}.yaml`), 'hashes.json', 'kustomize'].sort(),
  )
})

test('the names of the Pods of all examples stay as they were', async () => {
  const streams = await Promise.all(exampleNames.map((name) => built(packagePath(name))))
  const names = streams.map(({ manifests }, at) => [exampleNames[at], podsIn(manifests).map(nameOf)])
  const hashes = `${JSON.stringify(Object.fromEntries(names), null, 2)}\n`
  // Not by UPDATE=1, which one types without thinking.
  if (UPDATE === 'hashes') writeFileSync(HASHES, hashes)
  assert.equal(hashes, readFileSync(HASHES, 'utf8'), MAJOR_RELEASE)
})

function nameOf({ metadata }: { readonly metadata: { readonly name: string } }): string {
  return metadata.name
}
