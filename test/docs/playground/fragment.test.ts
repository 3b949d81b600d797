import assert from 'node:assert/strict'
import { test } from 'node:test'
import { deflateRawSync } from 'node:zlib'
import fc from 'fast-check'
import { BYTES_MAX, FINDINGS, fragmentOf, isAboutFindings, opened } from '../../../docs/playground/fragment.ts'

async function written(text: string): Promise<string> {
  const carried = await fragmentOf(text)
  assert.ok('fragment' in carried)
  return carried.fragment
}

test('a fragment carries any text, in characters that a link keeps', async () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 300 })
  await fc.assert(
    fc.asyncProperty(text, async (manifests) => {
      const fragment = await written(manifests)
      assert.match(fragment, /^m=[\w-]*$/)
      assert.deepEqual(await opened(fragment), { text: manifests })
    }),
  )
})

test('a fragment is raw DEFLATE in base64url, which other programs can write', async () => {
  const fragment = `m=${deflateRawSync('kind: Buildkit\n').toString('base64url')}`
  assert.deepEqual(await opened(fragment), { text: 'kind: Buildkit\n' })
})

test('a fragment may lead to what is found in its manifests', async () => {
  const fragment = await written('kind: Buildkit\n')
  assert.deepEqual([isAboutFindings(fragment), isAboutFindings(fragment + FINDINGS)], [false, true])
  assert.deepEqual(await opened(fragment + FINDINGS), { text: 'kind: Buildkit\n' })
})

test('manifests of more than 1 MB have no fragment', async () => {
  const error = 'The manifests in a link must be at most 1 MB, but these are larger.'
  assert.deepEqual(await fragmentOf('é'.repeat(BYTES_MAX / 2 + 1)), { error })
  const text = 'a'.repeat(BYTES_MAX)
  assert.deepEqual(await opened(await written(text)), { text })
})

test('manifests with half a character have no fragment, which would change them', async () => {
  const error = 'The manifests in a link must be Unicode text, but these have one half of a surrogate pair.'
  assert.deepEqual(await fragmentOf('name: \ud83d'), { error })
  const text = 'name: \ud83d\ude00'
  assert.deepEqual(await opened(await written(text)), { text })
})

const BROKEN = {
  error: 'The link must end with #m= and manifests, but its end is missing or changed. Copy the whole link again.',
}
const compressed = deflateRawSync('kind: Buildkit\n')

const broken: Readonly<Record<string, string>> = {
  'another fragment': 'manifests',
  'nothing after its key': 'm=',
  'no base64': 'm=<script>alert(1)</script>',
  'nothing compressed': 'm=aGVsbG8',
  'an end that is missing': `m=${compressed.subarray(0, -2).toString('base64url')}`,
  'an end that is too much': `m=${Buffer.concat([compressed, compressed]).toString('base64url')}`,
  'no UTF-8': `m=${deflateRawSync(Buffer.from([0x61, 0xff])).toString('base64url')}`,
}

for (const [name, fragment] of Object.entries(broken)) {
  test(`a fragment with ${name} is a sentence that says what to do`, async () => {
    assert.deepEqual(await opened(fragment), BROKEN)
  })
}

test('a fragment that claims to be gigabytes is read up to the limit', async () => {
  const bomb = `m=${deflateRawSync(Buffer.alloc(200 * BYTES_MAX)).toString('base64url')}`
  const before = process.memoryUsage().rss
  assert.deepEqual(await opened(bomb), {
    error: 'The manifests in a link must be at most 1 MB, but these are larger.',
  })
  assert.ok(process.memoryUsage().rss - before < 50 * BYTES_MAX)
})
