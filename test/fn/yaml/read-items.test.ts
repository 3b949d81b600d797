import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { emit } from '../../../fn/yaml/emit.ts'
import { readBlock } from '../../../fn/yaml/read-block.ts'
import { itemReader } from '../../../fn/yaml/read-items.ts'
import { jsonValue } from './json-values.ts'

const object = fc.record({ kind: fc.constant('Pod'), metadata: jsonValue, spec: jsonValue }, { noNullPrototype: true })
const more = fc.dictionary(fc.constantFrom('spec', 'status', 'a'), jsonValue, { maxKeys: 1, noNullPrototype: true })
const written = fc
  .tuple(object, more, fc.constantFrom(0, 2))
  .map(([first, second, column]) => emit([{ ...first, ...second }], column))

const pieces = ['\n', '\n  ', '\n    ', '\n  spec:\n', '\n    spec:\n', '# c\n', ' a: 1\n', '- ', '|', '"', '\t', '{}']
const mutated = fc.tuple(written, fc.nat(), fc.constantFrom(...pieces)).map(([text, at, piece]) => {
  const place = at % (text.length + 1)
  return text.slice(0, place) + piece + text.slice(place)
})

for (const [name, texts] of Object.entries({ 'as we write them': written, mutated })) {
  test(`an item reads alike whatever was read before it: ${name}`, () => {
    fc.assert(
      fc.property(fc.array(texts, { minLength: 1, maxLength: 4 }), (items) => {
        const read = itemReader()
        for (const item of [...items, ...items]) assert.deepEqual(read(item), readBlock(item))
      }),
      { numRuns: 5000 },
    )
  })
}

const alone: Readonly<Record<string, string>> = {
  'a key behind the spec': '- kind: Pod\n  spec:\n    a: 1\n  status: 2\n',
  'a key behind it that is quoted': "- kind: Pod\n  spec:\n    a: 1\n  '1': 2\n",
  'a second spec': '- kind: Pod\n  spec: 1\n  spec:\n    a: 1\n',
  'a spec in a literal': '- kind: Pod\n  a: |\n    b\n\n  spec:\n    a: 1\n',
  'a spec that is a list': '- kind: Pod\n  spec:\n  - a\n',
  'a spec of nothing': '- kind: Pod\n  spec:\n\n',
  'a comment to the left of it': '- kind: Pod\n  spec:\n# c\n    a: 1\n# d\n',
  'a blank line that is deeper than what follows': '  - kind: Pod\n    spec:\n     \n a: 0\n',
  'two items': '- kind: Pod\n- kind: Pod\n  spec:\n    a: 1\n',
  'a dash of its own line': '-\n  kind: Pod\n  spec:\n    a: 1\n',
  'a wide dash': '-   kind: Pod\n    spec:\n      a: 1\n',
  'no line break at the end': '- kind: Pod\n  spec:\n    a: 1',
}

for (const [name, item] of Object.entries(alone)) {
  test(`an item reads as it does alone: ${name}`, () => {
    const read = itemReader()
    assert.deepEqual([read(item), read(item)], [readBlock(item), readBlock(item)])
  })
}

test('what many items end in is read once', () => {
  const read = itemReader()
  const specs = ['a', 'b'].map((name) => {
    const { value } = read(`- kind: Pod\n  name: ${name}\n  spec:\n    a: 1\n`) ?? {}
    return (value as readonly [{ readonly spec: object }])[0].spec
  })
  assert.equal(specs[0], specs[1])
})
