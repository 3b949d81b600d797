import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { after, suite, test } from 'node:test'

const ROOT = join(import.meta.dirname, '../../..')

suite('npm run new-rule', () => {
  const folder = mkdtempSync(join(tmpdir(), 'new-rule-'))
  after(() => rmSync(folder, { recursive: true }))
  for (const path of ['fn', 'crds', 'package.json', 'test/fn/rules'])
    cpSync(join(ROOT, path), join(folder, path), { recursive: true })
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'))

  const node = (...args: readonly string[]) => {
    // With it a runner of tests believes that it is a test itself.
    const { NODE_TEST_CONTEXT: _, ...env } = process.env
    return spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8', env })
  }
  const written = node('fn/generate/new-rule.ts', 'BK4xx', 'made-up')
  const [rule = '', ruleTest = ''] = written.stdout.split('\n')

  test('writes a rule with the next free number of its chapter, its test, and the book', () => {
    assert.match(
      written.stdout,
      /^fn\/rules\/security\/(BK4\d\d)-made-up\.ts\ntest\/fn\/rules\/security\/\1-made-up\.test\.ts\n$/,
    )
    assert.equal(written.stderr, '')
    assert.ok(readFileSync(join(folder, 'fn/rules/book.ts'), 'utf8').includes(rule.replace('fn/rules/', './')))
  })

  test('writes tests that fail until the rule is filled in, and say with what', () => {
    const { status, stdout } = node('--test', ruleTest, 'test/fn/rules/book.test.ts')
    assert.equal(status, 1)
    assert.match(stdout, /FILL IN: must be "Always", got "Never"; what to do/)
    assert.match(stdout, /the texts of BK4\d\d must be filled in/)
    assert.match(stdout, /fail 2\n/)
  })

  test('writes nothing over a rule that there is', () => {
    const { status, stderr } = node('fn/generate/new-rule.ts', 'BK301', 'another')
    assert.equal(status, 2)
    assert.equal(stderr, 'the id of a rule must be unique, got "BK301" twice\n')
  })

  test('says how it is used', () => {
    const { status, stderr } = node('fn/generate/new-rule.ts', 'BK301')
    assert.equal(status, 2)
    assert.equal(stderr, 'usage: npm run new-rule -- BK5xx some-slug\n')
  })
})
