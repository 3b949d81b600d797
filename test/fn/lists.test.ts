import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { manifestsIn } from '../../fn/input/manifests-in.ts'
import { readYaml } from '../../fn/yaml/read-yaml.ts'
import { LIST_LAYOUTS, MISWRITTEN } from './list-layouts.ts'
import { piped } from './piped.ts'
import { jsonValue } from './yaml/json-values.ts'

const TEMPLATE = 'apiVersion: buildkit.seatgeek.io/v1alpha1\nkind: BuildkitTemplate\nmetadata:\n  name: t\nspec: {}\n'
/** What no reader of JavaScript can write again as it was. */
const FOREIGN = `apiVersion: kafka.strimzi.io/v1beta2 # a topic
kind: KafkaTopic
metadata:
  name: "t"
  labels:
    commit: 12e4567
# what is kept
spec:
    config: &c
        retention.ms: 9223372036854775807
        infinite: 1e999
        binary: !!binary aGVsbG8=
        again: {x: &x y, z: *x}

        text: |2
           deep
          - like an item
        folded: "a
            b"
    list:
    - [1,
      2]
`
const SUMMARY = 'rendered 0 Pods from 0 Buildkits and 1 BuildkitTemplate'

function list(items: readonly string[], indent: number, gap = 1): string {
  const [before, behind] = [' '.repeat(indent), ' '.repeat(gap)]
  const lines = items.map((text) => {
    return `${before}-${behind}${text.trimEnd().replace(/\n(?=.)/g, `\n${before} ${behind}`)}\n`
  })
  return `apiVersion: v1\nkind: List\nitems:\n${lines.join('')}metadata: {resourceVersion: ""}\n`
}

const lists: Readonly<Record<string, readonly [text: string, foreign?: string]>> = {
  'with dashes at the margin': [list([FOREIGN, TEMPLATE], 0)],
  'with indented dashes': [list([FOREIGN, TEMPLATE], 3)],
  'whose lines end as in Windows': [
    list([FOREIGN, TEMPLATE], 2).replaceAll('\n', '\r\n'),
    FOREIGN.replaceAll('\n', '\r\n'),
  ],
  'with keys in quotes': [list([FOREIGN, TEMPLATE], 2).replace('items:', '"items":').replace('kind', '"kind"')],
  'in a List': [list([list([FOREIGN], 0), TEMPLATE], 2)],
  'with spaces behind dashes': [list([FOREIGN, TEMPLATE], 1, 4)],
  'with anchors and tags behind dashes': [list([`&a\n${FOREIGN}`, `!!map # t\n${TEMPLATE}`], 2), `&a\n${FOREIGN}`],
  'with lines of their own for dashes': [list([`\n${FOREIGN}`, TEMPLATE], 0).replace('- \n', '-\n')],
  'in flow style': [
    `{apiVersion: v1, kind: List, items: [\n  {apiVersion: v1, kind: X, n: 9007199254740993, # c\n    m: 'x'},\n  {${TEMPLATE.trim().replace('\n  ', ' {').replace('\nspec', '},\nspec').replaceAll('\n', ', ').replace(',,', ',')}}]}\n`,
    `{apiVersion: v1, kind: X, n: 9007199254740993, # c\n  m: 'x'}\n`,
  ],
  'in JSON': [
    `{\n\t"apiVersion": "v1",\n\t"kind": "List",\n\t"items": [\n\t\t{\n\t\t\t"apiVersion": "v1",\n\t\t\t"kind": "X",\n\t\t\t"big": [1e999, 12345678901234567890]\n\t\t},\n\t\t${JSON.stringify({ apiVersion: 'buildkit.seatgeek.io/v1alpha1', kind: 'BuildkitTemplate', metadata: { name: 't' } })}\n\t]\n}`,
    '{\n\t"apiVersion": "v1",\n\t"kind": "X",\n\t"big": [1e999, 12345678901234567890]\n}\n',
  ],
}

for (const [name, [text, foreign = FOREIGN]] of Object.entries(lists)) {
  test(`objects of others in a List ${name} leave as they came`, async () => {
    const built = await piped(['build', '-'], text)
    assert.equal(built.text.split('---\n')[0], foreign)
    assert.deepEqual({ stderr: built.stderr, exitCode: built.exitCode }, { stderr: [SUMMARY], exitCode: 0 })
  })
}

test('comments between the items of a List stay with what they lead', async () => {
  const text = `apiVersion: v1\nkind: List\nitems:\n  # of all\n- ${TEMPLATE.trimEnd().replaceAll('\n', '\n  ')}\n  # in t\n\n# of c\n- apiVersion: v1\n  kind: ConfigMap # c\n`
  const built = await piped(['build', '-'], text)
  assert.equal(built.text, `# of all\n${TEMPLATE}# in t\n\n---\n# of c\napiVersion: v1\nkind: ConfigMap # c\n`)
})

test('an alias of what another item of a List says is an error with its place', async () => {
  const text =
    'apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: A\n  x: &x {a: b}\n- apiVersion: v1\n  kind: B\n  x: *x\n'
  assert.deepEqual(await piped(['build', '-'], text), {
    text: '',
    stderr: ['7:3: error: must have an anchor before it in the same object, got the alias "*x"'],
    exitCode: 1,
  })
})

test('what looks like an alias and is none, is none', async () => {
  const item = 'apiVersion: v1\nkind: A\nx: "a *x"\ny: |\n  - *x\n  a: *x\n'
  const { text, exitCode } = await piped(['build', '-'], list([item, item], 0))
  assert.deepEqual({ text, exitCode }, { text: `${item}---\n${item}`, exitCode: 0 })
})

test('the place of what is wrong in a List is that in its file', async () => {
  const wrong = TEMPLATE.replace('spec: {}', 'spec:\n  rootles: true')
  const text = list([FOREIGN, list([wrong], 2)], 2)
  const { length: line } = text.slice(0, text.indexOf('rootles')).split('\n')
  assert.deepEqual((await piped(['build', '-'], text)).stderr, [
    `${line}:11: error: BuildkitTemplate t: spec.rootles: is not a field of \`spec\`; did you mean \`rootless\`?`,
  ])
})

test('an object whose kind ends like that of a list is none', async () => {
  const text = 'apiVersion: example.com/v1\nkind: AllowList\nmetadata: {name: a}\nitems: [10.0.0.0/8]\n'
  assert.equal((await piped(['build', '-'], text)).text, text)
})

const objects = fc.array(
  fc.record(
    {
      apiVersion: fc.constant('example.com/v1'),
      kind: fc.constantFrom('A', 'B'),
      metadata: fc.record({ name: fc.constant('a') }, { noNullPrototype: true }),
      data: jsonValue,
    },
    { noNullPrototype: true },
  ),
  { maxLength: 4 },
)

for (const [name, write] of Object.entries(LIST_LAYOUTS)) {
  test(`what is cut out of a List says what it said there: ${name}`, () => {
    fc.assert(
      fc.property(objects, (items) => {
        const text = write({ apiVersion: 'v1', kind: 'List', metadata: {}, items }).replace(/^\ufeff/, '')
        fc.pre(text.startsWith('{"') || !MISWRITTEN.test(text))
        const { value } = readYaml(text.replace(/^---\n/, '')) as { readonly value: { readonly items: unknown[] } }
        const cut = manifestsIn({ path: undefined, text }).map((item) => item.error ?? readYaml(item.text))
        assert.deepEqual(
          cut,
          value.items.map((item) => ({ value: item })),
        )
      }),
      { numRuns: 200 },
    )
  })
}
