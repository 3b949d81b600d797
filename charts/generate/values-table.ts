import type { ChartValue } from './chart-values.ts'

/** The table of all values, for a chart's README. */
export function valuesTable(values: readonly ChartValue[]): string {
  const rows = rowsOf(values, '')
  return `\n${['| value | default | |', '| --- | --- | --- |', ...rows].join('\n')}\n\n`
}

function rowsOf(values: readonly ChartValue[], prefix: string): readonly string[] {
  return values.flatMap((value) => {
    const path = `${prefix}${value.name}`
    if (value.values) return rowsOf(value.values, `${path}.`)
    return [`| \`${path}\` | \`${JSON.stringify(value.default)}\` | ${value.description} |`]
  })
}
