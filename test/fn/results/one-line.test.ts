import assert from 'node:assert/strict'
import { test } from 'node:test'
import { oneLine } from '../../../fn/results/shown.ts'

/** Texts of somebody else, and what is printed of them. */
const texts: Readonly<Record<string, readonly [text: string, printed: string]>> = {
  'a line break': ['a\nb', 'a\\u000ab'],
  'what steers a terminal': ['\u001b[31mred\u009b', '\\u001b[31mred\\u009b'],
  'what other readers take for a line break': ['a\u0085b\u2028c', 'a\\u0085b\\u2028c'],
  'a command of GitHub Actions': ['::error::x.yaml: error', '\\u003a:error::x.yaml: error'],
  'one behind blanks, which the runner skips': ['  ::set-output name=a::b', '\\u003a:set-output name=a::b'],
  'a command of Azure Pipelines': ['a ##vso[task.complete]b', 'a \\u0023#vso[task.complete]b'],
  'an old command of GitHub Actions': ['a ##[error]b', 'a \\u0023#[error]b'],
  'colons within a line': ['a.yaml:1:2: error: a::b ## c', 'a.yaml:1:2: error: a::b ## c'],
}

for (const [name, [text, printed]] of Object.entries(texts))
  test(`what is printed is one line of text: ${name}`, () => {
    assert.equal(oneLine(text), printed)
  })
