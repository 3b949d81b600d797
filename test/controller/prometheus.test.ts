import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { createMetrics } from '../../controller/metrics/metrics.ts'
import { binary, needs } from '../harness/servers/binaries.ts'
import { runProgram } from '../harness/servers/run-program.ts'
import { scrapeOfADay } from './metrics/scrape-of-a-day.ts'

const ROOT = join(import.meta.dirname, '../..')
const RULES = join(ROOT, 'config/prometheus')

suite('promtool', { skip: needs('promtool') }, () => {
  test('finds nothing to say about the metrics', async () => {
    const outcome = await runProgram(binary('promtool'), ['check', 'metrics'], { input: await scrapeOfADay() })
    assert.deepEqual(outcome, { code: 0, stdout: '', stderr: '' })
  })

  test('takes the alerts, and they fire when they must and only then', async () => {
    const check = await runProgram(binary('promtool'), ['check', 'rules', join(RULES, 'rules.yaml')])
    assert.equal(check.code, 0, check.stderr)
    const run = await runProgram(binary('promtool'), ['test', 'rules', join(RULES, 'rules.test.yaml')])
    assert.equal(run.code, 0, run.stdout + run.stderr)
  })
})

test('each alert has a section in docs/operations.md, and so has each metric of ours', async () => {
  const rules = await readFile(join(RULES, 'rules.yaml'), 'utf8')
  const page = await readFile(join(ROOT, 'docs/operations.md'), 'utf8')
  const alerts = [...rules.matchAll(/alert: (\w+)/g)].map(([, name]) => name)
  const sections = [...page.slice(page.indexOf('\n## Alerts')).matchAll(/^### (\w+)$/gm)].map(([, name]) => name)
  assert.deepEqual(sections, alerts)
  const missing = metricNames().filter((name) => name.startsWith('buildkit_') && !page.includes(`\`${name}`))
  assert.deepEqual(missing, [])
})

test('alerts are about metrics that there are, and lead to their sections', async () => {
  const rules = await readFile(join(RULES, 'rules.yaml'), 'utf8')
  const names = metricNames()
  const queried = [...rules.matchAll(/^ +expr: (.+)$/gm)].flatMap(([, query = '']) =>
    query.match(/\b[a-z]+(_[a-z]+)+/g),
  )
  assert.deepEqual(
    queried.filter((name) => name && !names.includes(name)),
    [],
  )
  const pointers = [...rules.matchAll(/alert: (\w+).*?docs\/operations\.md#(\w+)/gs)]
  assert.equal(pointers.length, rules.match(/alert:/g)?.length)
  for (const [, alert, anchor] of pointers) assert.equal(anchor, alert?.toLowerCase())
})

function metricNames(): readonly string[] {
  return createMetrics()
    .registry.getMetricsAsArray()
    .map(({ name }) => name)
}
