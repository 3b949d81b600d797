import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const FOLDER = join(import.meta.dirname, '../../../config/grafana')

export const DASHBOARDS = ['builders', 'controller'] as const

/** Of Grafana's dashboards what ours have. */
export interface Dashboard {
  readonly title: string
  readonly uid: string
  readonly panels: readonly Panel[]
  readonly templating: { readonly list: readonly Variable[] }
}

export interface Panel {
  readonly id: number
  readonly type: 'row' | 'stat' | 'timeseries'
  readonly title: string
  readonly description?: string
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number }
  readonly fieldConfig?: {
    readonly defaults: { readonly unit: string; readonly custom?: { readonly stacking?: object } }
  }
  readonly targets?: readonly { readonly refId: string; readonly expr: string; readonly legendFormat: string }[]
}

interface Variable {
  readonly name: string
  readonly allValue?: string
  readonly type: string
  readonly definition?: string
}

/** A query of a dashboard, as Prometheus takes it. */
export interface Query {
  /** The title of its panel with the letter of the query, or the name of a variable. */
  readonly name: string
  readonly expr: string
}

export function readDashboard(name: (typeof DASHBOARDS)[number]): Dashboard {
  return JSON.parse(readFileSync(join(FOLDER, `${name}.json`), 'utf8'))
}

/** Every query of a dashboard with everything selected; `seconds` is the range of a rate. */
export function queriesOf(dashboard: Dashboard, seconds: number): readonly Query[] {
  const { panels, templating } = dashboard
  const ready = (expr: string) => filledIn(expr, dashboard, seconds)
  const ofPanels = panels.flatMap(({ title, targets = [] }) =>
    targets.map(({ refId, expr }) => ({ name: `${title} ${refId}`, expr: ready(expr) })),
  )
  const ofVariables = templating.list.flatMap(({ name, definition }) =>
    definition ? [{ name: `$${name}`, expr: ready(valuesOf(definition)) }] : [],
  )
  return [...ofVariables, ...ofPanels]
}

/** An expression with everything selected, as Grafana fills it in. */
export function filledIn(expr: string, { templating }: Dashboard, seconds: number): string {
  const values: Record<string, string> = { __rate_interval_ms: `${seconds * 1000}`, __rate_interval: `${seconds}s` }
  for (const { name, allValue } of templating.list) if (allValue) values[name] = allValue
  return expr.replaceAll(/\$(\w+)/g, (whole, name) => {
    const value = values[name]
    if (value === undefined) throw new Error(`a variable must be one of ${Object.keys(values)}, got ${whole}`)
    return value
  })
}

/** `label_values(SELECTOR, LABEL)` is Grafana's own; Prometheus has it as a request without expressions. */
function valuesOf(definition: string): string {
  const [, selector, label] = /^label_values\((.+), (\w+)\)$/.exec(definition) ?? []
  if (label === undefined) throw new Error(`a variable must have label_values(…, …), got ${definition}`)
  return `count by (${label}) (${selector})`
}
