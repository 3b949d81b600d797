import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { boundedText } from '../../../controller/kube/bounded-text.ts'

const rows: Readonly<Record<string, readonly [text: string, bounded: string]>> = {
  'what is short and on one line stays as it is': ['exit status 1 – "grün" 😀', 'exit status 1 – "grün" 😀'],
  'what is as long as it may be stays whole': ['x'.repeat(512), 'x'.repeat(512)],
  'what is longer is cut': ['x'.repeat(513), `${'x'.repeat(511)}…`],
  'a character of two code units is not cut in the middle': [`${'x'.repeat(510)}😀😀`, `${'x'.repeat(510)}…`],
  'a half of one, which others have left, is replaced': ['a\uD83D b\uDE00', 'a\uFFFD b\uFFFD'],
  'lines become one': ['\npanic:\r\n\tnil map\n\n', 'panic: nil map'],
  'control characters do too': ['\u001B[31mred\u0000\u007F\u0085\u2028end', '[31mred end'],
}

for (const [name, [text, bounded]] of Object.entries(rows))
  test(name, () => {
    assert.equal(boundedText(text), bounded)
  })

test('whatever a text is, it is short, one line, and comes back from UTF-8 and from here as it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 40 }), fc.nat(30), (text, cut) => {
      const bounded = boundedText(text.slice(cut), 20)
      assert.ok(bounded.length <= 20)
      assert.match(bounded, /^\P{Cc}*$/u)
      assert.equal(Buffer.from(bounded).toString(), bounded)
      assert.equal(boundedText(bounded, 20), bounded)
    }),
  )
})
