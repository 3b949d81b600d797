import assert from 'node:assert/strict'
import { test } from 'node:test'
import { shellWord } from '../../../fn/commands/not-built.ts'

const words: Readonly<Record<string, string>> = {
  './a-b/c_d.e/': './a-b/c_d.e/',
  'a b': "'a b'",
  '-rf/': "'./-rf/'",
  "it's $(here); `x`": `'it'\\''s $(here); \`x\`'`,
  'a\nb': "'a\nb'",
}

test('no path becomes more than one word of a command, nor an option', () => {
  assert.deepEqual(Object.fromEntries(Object.keys(words).map((path) => [path, shellWord(path)])), words)
})
