import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { manifests, priced, TEMPLATE } from './two-versions.ts'

test('docs/command.md has each field that diff writes for programs', async () => {
  const text = readFileSync(join(import.meta.dirname, '../../../docs/command.md'), 'utf8')
  const section = /^### JSON output\n.*?(?=\n## )/ms.exec(text)?.[0] ?? ''
  const cells = [...section.matchAll(/^\| (`.*?) \|/gm)].map(([, cell = '']) => cell)
  const documented = cells.flatMap((cell) => [...cell.matchAll(/`(\w+)`/g)].map(([, name]) => name))
  const cache = (path: string) => ({ ...TEMPLATE, cache: { hostPath: { path } } })
  const old = manifests(cache('/old'), ['a', 'scaled', 'gone'])
  const young = manifests(cache('/young'), ['a', 'scaled', 'new'], { replicas: 2 })
  const { text: json } = await priced([old, young], { currency: 'EUR', prices: [] }, '--output', 'json')
  const report = JSON.parse(json)
  assert.deepEqual(documented.sort(), Object.keys(report).sort())
  const { rolls, scalings, removed, demand, costs, findings } = report
  const keys = [rolls[0], rolls[0].cache, scalings[0], removed[0], removed[0].cache, ...demand, costs, findings]
  assert.deepEqual(
    keys.flatMap((one) => Object.keys(one)).filter((key) => !section.includes(`\`${key}\``)),
    [],
  )
})
