import assert from 'node:assert/strict'
import { test } from 'node:test'
import { documentsIn } from '../../../fn/yaml/documents-in.ts'

const cut = (text: string) =>
  documentsIn(text).map(({ start, end, error }) => (error ? [text.slice(start, end), error] : text.slice(start, end)))

/** Streams, and the documents in them. */
const streams: Readonly<Record<string, readonly string[]>> = {
  'a: 1\n---\nb: 2\n': ['a: 1\n', 'b: 2\n'],
  '---\na: 1\n--- # second\nb: 2': ['a: 1\n', 'b: 2'],
  'a: 1\n...\nb: 2\n... # end\nc: 3\n': ['a: 1\n', 'b: 2\n', 'c: 3\n'],
  'a: 1\r\n---\r\nb: 2\r\n...\t# end\r\nc: 3\r\n': ['a: 1\r\n', 'b: 2\r\n', 'c: 3\r\n'],
  'a: 1\n...\n---\n# nothing\n---\n\n---': ['a: 1\n'],
  '\ufeffa: 1\n---\n\ufeffb: 2\n\ufeff---\nc: 3\n': ['a: 1\n', 'b: 2\n', 'c: 3\n'],
  'a: |\n  ---\n  ...\n ---\n---b: 2\n': ['a: |\n  ---\n  ...\n ---\n---b: 2\n'],
  'a: 1\n--- # \u2028b: 2\nc: 3\n': ['a: 1\n', 'c: 3\n'],
  '# \u2028b: 2\n': [],
  '': [],
}

test('a stream is cut at its separators', () => {
  const documents = Object.fromEntries(Object.keys(streams).map((text) => [text, cut(text)]))
  assert.deepEqual(documents, streams)
})

test('what kubectl, kpt and kustomize refuse in a stream is an error with its place', () => {
  const begins = (marker: string) =>
    `must not begin on the line of \`${marker}\`, which kubectl, kpt and kustomize refuse; put a line break after \`${marker}\``
  const directive = 'must have no directive such as `%YAML`, which kubectl, kpt and kustomize refuse; remove the line'
  assert.deepEqual(cut('a: 1\n--- {b: 2}\n---\nc: 3\n'), [
    'a: 1\n',
    ['{b: 2}\n', { message: begins('---'), offset: 0 }],
    'c: 3\n',
  ])
  assert.deepEqual(cut('--- key: value\n... x\n'), [
    ['key: value\n', { message: begins('---'), offset: 0 }],
    ['x\n', { message: begins('...'), offset: 0 }],
  ])
  assert.deepEqual(cut('# c\n%YAML 1.2\n---\na: 1\n...\n%TAG ! x:\n---\nb: 2\n'), [
    ['# c\n%YAML 1.2\n', { message: directive, offset: 4 }],
    'a: 1\n',
    ['%TAG ! x:\n', { message: directive, offset: 0 }],
    'b: 2\n',
  ])
})
