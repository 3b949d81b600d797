import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withoutSecrets } from '../../../fn/results/shown.ts'

/** Texts, and what is shown of them. */
const shown: Readonly<Record<string, string>> = {
  'got "https://u:hunter2@m.example.com/p?token=abc"; clients': 'got "https://***@m.example.com/p?token=***"; clients',
  "got 'p?token=abc', and": "got 'p?token=***', and",
  'is `p?auth=abc`.': 'is `p?auth=***`.',
  '("p?token=abc")': '("p?token=***")',
  '{"a": "p?token=abc"}': '{"a": "p?token=***"}',
  '"p?token=abc': '"p?token=***',
  'password = "a b"; next': 'password = ***; next',
  'password=a"b c': 'password=*** c',
  'password="abc': 'password=***',
}

for (const [text, expected] of Object.entries(shown)) {
  test(`a secret is hidden, and the quote around it is not: ${text}`, () => {
    assert.equal(withoutSecrets(text), expected)
  })
}
