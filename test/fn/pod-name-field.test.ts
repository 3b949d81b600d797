import assert from 'node:assert/strict'
import { test } from 'node:test'
import { removePodName, setPodName } from '../../fn/pod-name-field.ts'
import { readBlock } from '../../fn/yaml/read-block.ts'

const plain = 'kind: Buildkit\nspec:\n  template: small # t\n'

/** A Buildkit's text, and the same with the Pod's name. */
const texts: Readonly<Record<string, readonly [before: string, after: string]>> = {
  'behind the template': [plain, `${plain}  podName: a-b\n`],
  'behind the template of a sequence’s item': [
    '- kind: Buildkit\n  spec:\n    template: small\n    labels:\n      template: x\n',
    '- kind: Buildkit\n  spec:\n    template: small\n    podName: a-b\n    labels:\n      template: x\n',
  ],
  'behind the template where that is not the first': [
    'spec:\n  # c\n  labels:\n    template: x\n    podName: y\n  template: small\nkind: Buildkit\n',
    'spec:\n  # c\n  labels:\n    template: x\n    podName: y\n  template: small\n  podName: a-b\nkind: Buildkit\n',
  ],
  'behind a template whose line does not end': [
    'spec:\n  template: small',
    'spec:\n  template: small\n  podName: a-b\n',
  ],
  'in the spec where something else is named so': [
    'metadata:\n  annotations:\n    spec: |\n      spec:\n        template: x\n        podName: y\nspec:\n  template: small\n',
    'metadata:\n  annotations:\n    spec: |\n      spec:\n        template: x\n        podName: y\nspec:\n  template: small\n  podName: a-b\n',
  ],
  'before a template on several lines': [
    'spec:\n  template: |-\n    small\n',
    'spec:\n  podName: a-b\n  template: |-\n    small\n',
  ],
  'in flow style': [
    '{kind: Buildkit, spec: {template: small}}\n',
    '{kind: Buildkit, spec: {"podName": "a-b", template: small}}\n',
  ],
  'in JSON': ['{"spec":{"template":"small"}}', '{"spec":{"podName": "a-b", "template":"small"}}'],
}

for (const [name, [before, after]] of Object.entries(texts)) {
  test(`the Pod's name is written ${name}`, () => {
    assert.equal(setPodName(read(before), 'a-b'), after)
    assert.equal(setPodName(read(after), 'a-b'), after)
  })

  test(`the Pod's name is taken out again: ${name}`, () => {
    assert.equal(removePodName(after), before.endsWith('l') ? `${before}\n` : before)
  })
}

const replaced: readonly (readonly [before: string, after: string])[] = [
  [`${plain}  podName: old # p\n`, `${plain}  podName: a-b # p\n`],
  ['spec:\n  "podName": "old"\n  template: small\n', 'spec:\n  "podName": a-b\n  template: small\n'],
  ['spec:\n  podName:\n  template: small\n', 'spec:\n  podName: a-b\n  template: small\n'],
  ['spec:\n  template: small\n  podName: >-\n    old\n', 'spec:\n  template: small\n  podName: a-b\n'],
  ['spec:\n  template: small\n  podName: |-\n    old\n', 'spec:\n  template: small\n  podName: a-b\n'],
  ['spec: {podName: old, template: small}\n', 'spec: {podName: "a-b", template: small}\n'],
]

for (const [before, after] of replaced) {
  test(`another Pod's name is replaced in its place: ${JSON.stringify(before)}`, () => {
    assert.equal(setPodName(read(before), 'a-b'), after)
  })
}

function read(text: string) {
  return { text, isBlock: readBlock(text) !== undefined }
}
