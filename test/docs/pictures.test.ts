import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { castPicture } from '../../docs/generate/pictures/cast-picture.ts'
import { PALETTES } from '../../docs/generate/pictures/palette.ts'
import { beatsOf } from '../../docs/generate/pictures/recording.ts'
import { pictures } from '../../docs/generate/pictures.ts'

const cast = readFileSync(join(import.meta.dirname, '../../docs/pictures/demo.cast'), 'utf8')
const drawn = pictures(cast)

test('the cast of the demo shows every line that the demo printed, in order', () => {
  const [, ...events] = cast.trimEnd().split('\n')
  const printed = events.map((event) => JSON.parse(event)[2]).join('')
  assert.match(printed, /All of it happened\.\n$/)
  const shown = [...(drawn['demo-light.svg'] ?? '').matchAll(/<text x="16" [^>]*>(.*)<\/text>/g)].map(([, text]) =>
    String(text)
      .replaceAll(/<[^>]*>/g, '')
      .replaceAll('&gt;', '>')
      .replaceAll('&lt;', '<')
      .replaceAll('&amp;', '&'),
  )
  assert.deepEqual(
    shown,
    printed.split('\n').filter((line) => line !== ''),
  )
})

test('the cast waits only as long as it takes to read', () => {
  const seconds = beatsOf(cast).reduce((sum, beat) => sum + beat.seconds, 0)
  assert.ok(seconds < 45, `it takes ${seconds} s`)
})

test('a line that is too wide for the cast is an error', () => {
  const draw = () => castPicture('wide', [{ lines: ['-'.repeat(95)], seconds: 1 }], PALETTES.light)
  assert.throws(draw, /must be at most 94 columns wide, got 95/)
})

test('each picture is there for light pages and for dark ones, with the same text', () => {
  for (const name of ['flow', 'demo']) {
    const [light = '', dark = ''] = ['light', 'dark'].map((scheme) => drawn[`${name}-${scheme}.svg`])
    assert.notEqual(light, dark)
    assert.equal(light.replaceAll(/#\w{6}/g, ''), dark.replaceAll(/#\w{6}/g, ''))
  }
})
