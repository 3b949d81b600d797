import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openEnd } from '../../../fn/yaml/open-end.ts'

const head = 'apiVersion: v1\nkind: ConfigMap\n'

/** The ends of texts, and what each is in the middle of. */
const open: Readonly<Record<string, string>> = {
  'data: {a: "b\n': '{',
  "data:\n  a: 'it''s\n  b: c\n": "'",
  'data:\n  a: "\\"\n': '"',
  'data: [1, [2], {a: 3}\n': '[',
  'data:\n- a: |\n    "\n  b: [1\n': '[',
  '- |\n "\n- {a: b\n': '{',
  'data:\n  "a": !!str "b\n': '"',
  'data: {a: "}", # }\n  b: c\n': '{',
  '{"a": {\n  "b": 1\n}\n': '{',
  "data: [don't, 'a]\n": '[',
}

/** Ends of texts that are whole, though they look as if they were not. */
const whole: readonly string[] = [
  'data:\n  a: |\n    "b\n    {\n  c: d\n',
  'data:\n- |\n  [\n- >\n "\n',
  'data: "a\n  b"\nc: d\n',
  "data:\n  a: this\n    'is plain\n",
  'data:\n  a: [\n    1, # ]\n    2 ]\n',
  'data:\r\n  a: |\r\n\r\n    {\r\n  b: "c"\r\n',
  "data: {a: don't, b: \"it's\", c: 'x''y'}\n",
  '{\n  "a": "\\\\",\n  "b": [{}]\n}\n',
  '# "\ndata: a # {\n',
  'data:\n  a: b: "c\n  d: e\n',
]

for (const [text, mark] of Object.entries(open))
  test(`a text that ends in the middle of ${mark} is none: ${JSON.stringify(text)}`, () => {
    const found = openEnd(head + text)
    assert.equal(found?.message, `is not valid YAML: has \`${mark}\` without an end`)
    assert.equal((head + text)[found?.offset ?? 0], mark)
  })

test('what only looks so is left alone, and so is every other mistake', () => {
  assert.deepEqual(
    whole.filter((text) => openEnd(head + text)),
    [],
  )
})

test('a flow collection that ends left of where it should is left alone, as readers of Kubernetes do', () => {
  assert.equal(openEnd(`${head}data:\n  a: [\n1\n]\n`), undefined)
})

test('a merge conflict of Git is named', () => {
  const text = `${head}<<<<<<< HEAD\ndata: {}\n=======\n>>>>>>> x\n`
  assert.deepEqual(openEnd(text), {
    message: 'is not valid YAML: has a merge conflict of Git',
    offset: head.length,
  })
})

test('long lines and many of them take no time', { timeout: 20_000 }, () => {
  for (const line of ['- "a ', "- '", '- [ ', 'a: {"b": ', '  "', '  # ', ': ', '\\"'])
    openEnd(`${head}data: |\n  ${line.repeat(200_000)}\n`)
  openEnd(`${head}data: "${'\\"'.repeat(1_000_000)}`)
  openEnd(`${head}data: {${'a: "b", '.repeat(100_000)}`)
})
