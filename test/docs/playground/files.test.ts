import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { playgroundFiles } from '../../../docs/generate/playground.ts'

const files = await playgroundFiles()

test('the playground takes at most 400 kB', () => {
  assert.deepEqual(Object.keys(files).sort(), ['icon.svg', 'index.html', 'page.css', 'page.js'])
  const size = Object.values(files).reduce((sum, text) => sum + gzipSync(text).length, 0)
  assert.ok(size <= 400_000, `it takes ${size} bytes`)
})

test('building the playground twice makes the same bytes', async () => {
  assert.deepEqual(await playgroundFiles(), files)
})

test('the page allows its own files and nothing else', () => {
  const [, policy] =
    /<meta http-equiv="Content-Security-Policy" content="([^"]*)">/.exec(files['index.html'] ?? '') ?? []
  assert.deepEqual(policy?.split('; '), [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    'worker-src blob:',
    "connect-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ])
})
