import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { emit } from '../../../fn/yaml/emit.ts'
import { readBlock } from '../../../fn/yaml/read-block.ts'
import { readDocument } from '../../../fn/yaml/read-yaml.ts'
import { fragileStrings, plainScalars } from './fragile-strings.ts'
import { jsonBlock } from './json-values.ts'
import { KUBERNETES, READERS } from './readers.ts'

const seed = Date.now()
const strings = fragileStrings(4000, seed)

suite(`readers of YAML, with the seed ${seed}`, () => {
  for (const { name, skip, read } of READERS) {
    test(`${name} reads each of over 5,000 strings that we write as that string: as a value, an item and a key`, {
      skip,
    }, async () => {
      assert.ok(strings.length > 5000)
      const values = strings.map((text) => ({ value: text, [text]: [text] }))
      const [reading] = await read([emit(values, 0)])
      assert.deepEqual(reading && 'error' in reading, false)
      assert.deepEqual(wrongIn(reading && 'value' in reading ? (reading.value as readonly unknown[]) : [], values), [])
    })

    test(`${name} reads each value that we write as that value`, { skip }, async () => {
      const values = fc.sample(jsonBlock, { numRuns: 500, seed })
      const readings = await read(values.map((value) => emit(value, 0)))
      assert.deepEqual(
        wrongIn(
          readings,
          values.map((value) => ({ value })),
        ),
        [],
      )
    })
  }

  for (const [place, documentOf] of Object.entries({
    value: (plain: string) => `a: ${plain}\n`,
    item: (plain: string) => `- ${plain}\n`,
    key: (plain: string) => `${plain}: a\n`,
  })) {
    test(`kubectl reads a plain scalar as we do: as a ${place}`, { skip: KUBERNETES.skip }, async () => {
      const documents = plainScalars(5000, seed).map(documentOf)
      const theirs = (await KUBERNETES.read(documents)).map((one) => ('error' in one ? 'an error' : one))
      for (const ours of [documents.map(readDocument), documents.map((one) => readBlock(one) ?? readDocument(one))])
        assert.deepEqual(
          wrongIn(
            ours.map((one) => ('error' in one ? 'an error' : one)),
            theirs,
          ).map(({ at, ...wrong }) => ({ document: documents[at], ...wrong })),
          [],
        )
    })
  }
})

/** Where two lists differ. */
function wrongIn(actual: readonly unknown[], expected: readonly unknown[]) {
  return expected
    .map((one, at) => ({ at, expected: one, actual: actual[at] }))
    .filter((pair) => !isDeepStrictEqual(pair.actual, pair.expected))
}
