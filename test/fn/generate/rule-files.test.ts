import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newRule, ruleFiles } from '../../../fn/generate/rule-files.ts'

test('the place of a rule says its id, slug and chapter, and the book is in the order of ids', () => {
  assert.deepEqual(ruleFiles(['mode/BK302-rootless-image.ts', 'ignoring/BK001-unused-ignore.ts']), [
    { id: 'BK001', slug: 'unused-ignore', chapter: 'ignoring' },
    { id: 'BK302', slug: 'rootless-image', chapter: 'mode' },
  ])
})

for (const [name, paths, message] of [
  ['no id', ['mode/low-port.ts'], 'the name of a rule\'s file must be BKnnn-kebab-slug.ts, got "mode/low-port.ts"'],
  [
    'no kebab',
    ['mode/BK308-lowPort.ts'],
    'the name of a rule\'s file must be BKnnn-kebab-slug.ts, got "mode/BK308-lowPort.ts"',
  ],
  ['no slug', ['mode/BK308.ts'], 'the name of a rule\'s file must be BKnnn-kebab-slug.ts, got "mode/BK308.ts"'],
  ['another hundred', ['cache/BK308-low-port.ts'], 'the folder of BK308 must be "mode", got "cache/BK308-low-port.ts"'],
  [
    'no chapter',
    ['mode/BK908-a.ts'],
    'the id of a rule must be in a hundred of fn/rules/chapters.ts, got "mode/BK908-a.ts"',
  ],
  ['an id twice', ['mode/BK308-a.ts', 'mode/BK308-b.ts'], 'the id of a rule must be unique, got "BK308" twice'],
  ['a slug twice', ['mode/BK308-a.ts', 'pod/BK501-a.ts'], 'the slug of a rule must be unique, got "a" twice'],
] as const)
  test(`the book is not written where a rule's file has ${name}`, () => {
    assert.throws(() => ruleFiles(paths), { message })
  })

test('a new rule gets the next number of its hundred, or the one that is asked for', () => {
  const existing = ruleFiles(['pod/BK501-a.ts', 'pod/BK504-b.ts', 'mode/BK309-c.ts'])
  assert.deepEqual(newRule('BK5xx', 'd', existing), { id: 'BK505', slug: 'd', chapter: 'pod' })
  assert.deepEqual(newRule('BK5XX', 'd', []), { id: 'BK501', slug: 'd', chapter: 'pod' })
  assert.deepEqual(newRule('BK4xx', 'd', ruleFiles(['security/BK406-a.ts'])), {
    id: 'BK408',
    slug: 'd',
    chapter: 'security',
  })
  assert.deepEqual(newRule('bk502', 'd', existing), { id: 'BK502', slug: 'd', chapter: 'pod' })
  assert.throws(() => newRule('BK504', 'd', existing), {
    message: 'the id of a rule must be unique, got "BK504" twice',
  })
  assert.throws(() => newRule('BK5xx', 'a', existing), { message: 'the slug of a rule must be unique, got "a" twice' })
  assert.throws(() => newRule('BK407', 'd', existing), {
    message: 'the id of a rule must not be one of a former rule, got "BK407"',
  })
  assert.throws(() => newRule('BK9xx', 'd', existing), {
    message: 'the id must be BK0xx to BK7xx, or one of these hundreds, got "BK9xx"',
  })
})
