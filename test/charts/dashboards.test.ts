import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { createMetrics } from '../../controller/metrics/metrics.ts'
import { DASHBOARDS, queriesOf, readDashboard } from '../harness/metrics/dashboard.ts'
import { binary, needs } from '../harness/servers/binaries.ts'
import { runProgram } from '../harness/servers/run-program.ts'
import { manifestsIn, template } from './helm.ts'

const CONFIG = join(import.meta.dirname, '../../config/grafana')

suite('the dashboards of the chart', { skip: needs('helm') }, () => {
  const configMaps = async (...args: readonly string[]) =>
    manifestsIn(await template(...args)).filter(({ kind }) => kind === 'ConfigMap')

  test('are off by default', async () => {
    assert.deepEqual(await configMaps(), [])
  })

  test('are those of config/grafana, in a ConfigMap with the label that the sidecar of Grafana looks for', async () => {
    const [configMap, ...others] = await configMaps('--set', 'metrics.dashboards.enabled=true')
    assert.deepEqual(others, [])
    assert.equal(configMap?.metadata.labels?.grafana_dashboard, '1')
    assert.equal(configMap?.metadata.labels?.['app.kubernetes.io/name'], 'buildkit-controller')
    const expected = DASHBOARDS.map((name) => [
      `buildkit-${name}.json`,
      readFileSync(join(CONFIG, `${name}.json`), 'utf8'),
    ])
    assert.deepEqual(configMap?.data, Object.fromEntries(expected))
  })

  test('have the labels that a value names', async () => {
    const labels = '{"enabled":true,"labels":{"grafana_dashboard":null,"team":"builds"}}'
    const [configMap] = await configMaps('--set-json', `metrics.dashboards=${labels}`)
    assert.equal(configMap?.metadata.labels?.team, 'builds')
    assert.ok(!('grafana_dashboard' in (configMap?.metadata.labels ?? {})))
  })
})

for (const name of DASHBOARDS) {
  test(`each query of the dashboard ${name} is PromQL`, { skip: needs('promtool') }, async () => {
    const rules = queriesOf(readDashboard(name), 60).map(({ expr }, index) => ({ record: `query:${index}`, expr }))
    const input = JSON.stringify({ groups: [{ name, rules }] })
    const { code, stdout, stderr } = await runProgram(binary('promtool'), ['check', 'rules'], { input })
    assert.equal(code, 0, stdout + stderr)
    assert.match(stdout, new RegExp(`${rules.length} rules found`))
  })

  test(`the panels of the dashboard ${name} have numbers of their own, and no two are in the same place`, () => {
    const { panels } = readDashboard(name)
    assert.equal(new Set(panels.map(({ id }) => id)).size, panels.length)
    const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) => {
      assert.ok(x + w <= 24)
      return Array.from({ length: w * h }, (_, cell) => `${x + (cell % w)},${y + Math.floor(cell / w)}`)
    })
    assert.equal(new Set(cells).size, cells.length)
  })
}

test('the dashboard of the controller asks for metrics that it has', () => {
  const names = createMetrics()
    .registry.getMetricsAsArray()
    .map(({ name }) => name)
  const asked = queriesOf(readDashboard('controller'), 60).flatMap(({ expr }) =>
    expr.match(/\b[a-z]+(_[a-z]+)+(?=\{)/g),
  )
  const missing = asked.filter((name) => name && !names.includes(name.replace(/_bucket$/, '')))
  assert.deepEqual(missing, [])
})
