import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { manifests, priced, TEMPLATE } from './two-versions.ts'

test('docs/command.md has each field that diff writes for programs', async () => {
  const text = readFileSync(join(import.meta.dirname, '../../../docs/command.md'), 'utf8')
  const section = /^### What programs get of a change\n.*?(?=\n## )/ms.exec(text)?.[0] ?? ''
  const cells = [...section.matchAll(/^\| (`.*?) \|/gm)].map(([, cell = '']) => cell)
  const documented = cells.flatMap((cell) => [...cell.matchAll(/`(\w+)`/g)].map(([, name]) => name))
  const versions = [manifests(TEMPLATE, ['a']), manifests({}, ['a'])] as const
  const { text: json } = await priced(versions, { currency: 'EUR', prices: [] }, '--output', 'json')
  const report = JSON.parse(json)
  assert.deepEqual(documented.sort(), Object.keys(report).sort())
  assert.deepEqual(
    Object.keys(report.rolls[0]).filter((key) => !section.includes(`\`${key}\``)),
    [],
  )
})
