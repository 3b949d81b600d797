import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { stringify } from 'smol-toml'
import { type KeyPath, keyPositions } from '../../../fn/toml/key-positions.ts'
import { readToml } from '../../../fn/toml/read-toml.ts'
import { isTomlTable } from '../../../fn/toml/values-at.ts'

/** In the text `‹n›` stands before the key that path n leads to. */
const CASES: Readonly<Record<string, { readonly text: string; readonly paths: readonly KeyPath[] }>> = {
  'a key, and one in a table': { text: '‹0›a = 1\n[‹1›t]\n  ‹2›b = 2\n', paths: [['a'], ['t'], ['t', 'b']] },
  'dotted keys and headers': {
    text: '‹0›a.‹1›b . ‹2›c = 1\n[ ‹3›x . ‹4›y ]\n‹5›z.‹6›w = 1',
    paths: [['a'], ['a', 'b'], ['a', 'b', 'c'], ['x'], ['x', 'y'], ['x', 'y', 'z'], ['x', 'y', 'z', 'w']],
  },
  'quoted keys': {
    text: `[‹0›registry.‹1›"docker.io"]\n‹2›'a.b' = 1\n‹3›"\\u00e9\\"" = 2\n‹4›"" = 3`,
    paths: [
      ['registry'],
      ['registry', 'docker.io'],
      ['registry', 'docker.io', 'a.b'],
      ['registry', 'docker.io', 'é"'],
      ['registry', 'docker.io', ''],
    ],
  },
  'lists of tables': {
    text: '[[‹0›p]]\n‹1›k = 1\n[[p]]\n‹2›k = 2\n[‹3›p.‹4›sub]\n‹5›l = 1\n[[p.q]]\n‹6›m = 1',
    paths: [['p'], ['p', 0, 'k'], ['p', 1, 'k'], ['p'], ['p', 1, 'sub'], ['p', 1, 'sub', 'l'], ['p', 1, 'q', 0, 'm']],
  },
  'inline tables and lists': {
    text: 'l = [‹0›1, [‹1›"]", ‹2>2], {‹3›a = "}", ‹4›b.‹5›c = [\n# ]\n‹6›3\n]}]'.replace('‹2>', '‹2›'),
    paths: [
      ['l', 0],
      ['l', 1, 0],
      ['l', 1, 1],
      ['l', 2, 'a'],
      ['l', 2, 'b'],
      ['l', 2, 'b', 'c'],
      ['l', 2, 'b', 'c', 0],
    ],
  },
  'texts over several lines that look like tables': {
    text: `a = """\n[x]\nb = 1 \\"""\n"""""\n‹0›b = '''\n[[y]] # '\n'''\n# [z]\n‹1›c = "# \\" [w]" # d = 1\n‹2›d = 1`,
    paths: [['b'], ['c'], ['d']],
  },
  'dates, numbers and ends of lines as Windows has them': {
    text: 'a = 1979-05-27 07:32:00Z\r\n‹0›b = -1_0.5e3#x\r\n‹1›c = inf\r\n\r\n‹2›d=true',
    paths: [['b'], ['c'], ['d']],
  },
  'names that objects have': {
    text: '[‹0›__proto__]\n‹1›constructor = 1\n‹2›toString.‹3›__proto__ = 2',
    paths: [
      ['__proto__'],
      ['__proto__', 'constructor'],
      ['__proto__', 'toString'],
      ['__proto__', 'toString', '__proto__'],
    ],
  },
}

for (const [name, { text, paths }] of Object.entries(CASES))
  test(`positions: ${name}`, () => {
    const document = text.replaceAll(/‹\d+›/g, '')
    assert.ok('value' in readToml(document), 'the document is TOML')
    const { positionOf } = keyPositions(document)
    const expected = paths.map((_, index) => {
      const before = text.slice(0, text.indexOf(`‹${index}›`)).replaceAll(/‹\d+›/g, '')
      return { line: before.split('\n').length, column: before.length - before.lastIndexOf('\n') }
    })
    const first = paths.map((path) => paths.findIndex((other) => JSON.stringify(other) === JSON.stringify(path)))
    assert.deepEqual(
      paths.map((path) => positionOf(path)),
      first.map((index) => expected[index]),
    )
  })

test('of a path that leads nowhere it is the last key that stands somewhere', () => {
  assert.deepEqual(keyPositions('\n[a]\nb = 1').positionOf(['a', 'c', 'd']), { line: 2, column: 2 })
})

test('whatever is written, its keys are found where they are written', () => {
  const name = fc.oneof(fc.constantFrom('a', 'b', '[x]', 'a.b', '"', "'", '#', '__proto__', 'é', '\n'), fc.string())
  const scalar = fc.oneof(fc.integer(), fc.boolean(), fc.string({ unit: 'binary-ascii' }), fc.double({ noNaN: true }))
  const { value } = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4, depthSize: 'medium' },
      scalar,
      fc.array(scalar, { maxLength: 3 }),
      fc.array(fc.dictionary(name, tie('value'), { maxKeys: 3 }), { maxLength: 3 }),
      fc.dictionary(name, tie('value'), { maxKeys: 4 }),
    ),
  }))
  fc.assert(
    fc.property(fc.dictionary(name, value, { maxKeys: 4 }), (table) => {
      const text = stringify(table)
      const toml = readToml(text)
      assert.ok('value' in toml)
      const lines = text.split('\n')
      for (const path of keysOf(toml.value)) {
        const { line, column } = toml.positions.positionOf(path)
        const rest = lines
          .slice(line - 1)
          .join('\n')
          .slice(column - 1)
        assert.ok(startsWithKey(rest, String(path.at(-1))), `${JSON.stringify(path)} at ${line}:${column} of ${text}`)
      }
    }),
  )
})

function keysOf(value: unknown, path: KeyPath = []): readonly KeyPath[] {
  if (Array.isArray(value)) return value.flatMap((element, at) => keysOf(element, [...path, at]))
  if (!isTomlTable(value)) return []
  return Object.entries(value).flatMap(([key, inner]) => [[...path, key], ...keysOf(inner, [...path, key])])
}

/** Whether TOML goes on with this key, bare or in quotes. */
function startsWithKey(text: string, key: string): boolean {
  const read = readToml(`${/^(?:[\w-]+|"(?:[^"\\]|\\.)*"|'[^']*')/s.exec(text)?.[0]} = 0`)
  return 'value' in read && Object.keys(read.value).join() === key
}
