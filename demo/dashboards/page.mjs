/* global collected, document */
/** Draws the panels of a dashboard where its JSON puts them. Runs in a browser. */
import uPlot from 'uplot'
import { formatted } from './units.mjs'

const { dashboard, range, answers } = collected
const COLORS = ['#3274d9', '#e0752d', '#37872d', '#c4162a', '#8f3bb8', '#b58900', '#0a9396', '#6e7781']
/** Grafana's names. */
const NAMED = { green: '#37872d', blue: '#3274d9', yellow: '#b58900', orange: '#e0752d', red: '#c4162a' }
const ROW = 30
/** Steps of an axis in bytes. */
const POWERS = Array.from({ length: 40 }, (_, power) => 2 ** power)
const COLUMN = (1280 - 24) / 24
const times = Array.from(
  { length: Math.floor((range.end - range.start) / range.step) + 1 },
  (_, index) => range.start + index * range.step,
)

add(document.body, 'h1', { text: dashboard.title })
dashboard.panels.forEach((panel, index) => {
  const { x, y, w, h } = panel.gridPos
  const box = add(document.body, 'div', { className: panel.type === 'row' ? 'row' : 'panel' })
  const place = { left: 12 + x * COLUMN, top: 44 + y * ROW, width: w * COLUMN - 8, height: h * ROW - 8 }
  for (const [key, value] of Object.entries(place)) box.style[key] = `${value}px`
  if (panel.type === 'row') box.textContent = panel.title
  else add(box, 'h2', { text: panel.title })
  const lines = linesOf(panel, answers[index])
  const { unit } = panel.fieldConfig?.defaults ?? {}
  if (panel.type === 'stat') stat(box, panel, lines[0]?.values ?? [])
  if (panel.type === 'timeseries') chart(box, { panel, lines, unit, ...place })
})

function stat(box, { fieldConfig: { defaults } }, values) {
  const value = lastOf(values)
  const { color } = defaults.thresholds.steps.findLast((step) => step.value === null || value >= step.value)
  add(box, 'div', { className: 'value', text: formatted(value, defaults.unit) }).style.color = NAMED[color]
}

/** The series of all queries of a panel, with a value or null for each time. */
function linesOf({ targets = [] }, ofPanel) {
  return targets.flatMap(({ legendFormat }, index) =>
    (ofPanel[index].data?.result ?? []).map(({ metric, values }) => {
      const byTime = new Map(values.map(([time, value]) => [time, Number(value)]))
      const label = legendFormat.replaceAll(/\{\{(\w+)\}\}/g, (_, name) => metric[name] ?? '')
      return { label, values: times.map((time) => finite(byTime.get(time))) }
    }),
  )
}

function finite(value) {
  return Number.isFinite(value) ? value : null
}

function lastOf(values) {
  return values.findLast((value) => value !== null)
}

function chart(box, { panel, lines, unit, width, height }) {
  const isStacked = panel.fieldConfig.defaults.custom?.stacking !== undefined
  const drawn = isStacked ? stacked(lines) : lines
  const axis = {
    stroke: '#57606a',
    font: '10px DejaVu Sans',
    grid: { stroke: '#eaecef', width: 1 },
    ticks: { show: false },
  }
  const series = drawn.map(({ label }, index) => {
    const color = NAMED[fixedColor(panel, label)] ?? COLORS[index % COLORS.length]
    return {
      label,
      stroke: color,
      width: 1.5,
      points: { show: false },
      ...(isStacked && { fill: `color-mix(in srgb, ${color} 30%, white)` }),
    }
  })
  const options = {
    width: width - 18,
    height: height - 64,
    legend: { show: false },
    cursor: { show: false },
    scales: { y: { range: (_, __, max) => [0, max > 0 ? max * 1.1 : 1] } },
    axes: [
      {
        ...axis,
        values: (_, ticks) => ticks.map((tick) => new Date(tick * 1000).toISOString().slice(11, 16)),
        space: 60,
        size: 24,
      },
      {
        ...axis,
        size: 62,
        ...(unit.startsWith('b') && { incrs: POWERS }),
        values: (_, ticks) => ticks.map((tick) => formatted(tick, unit)),
      },
    ],
    series: [{}, ...series],
  }
  new uPlot(options, [times, ...drawn.map(({ values }) => values)], box)
  const keys = add(box, 'div', { className: 'keys' })
  for (const { label, stroke } of series)
    add(keys, 'span', { className: 'key', text: label }).style.setProperty('--color', stroke)
}

function fixedColor({ fieldConfig }, label) {
  return fieldConfig.overrides.find(({ matcher }) => matcher.options === label)?.properties[0].value.fixedColor
}

/** Each line upon the sum of those before it; the highest first, so that the others are drawn over it. */
function stacked(lines) {
  const sums = times.map(() => 0)
  const upon = lines.map(({ label, values }) => ({
    label,
    values: values.map((value, index) => {
      sums[index] += value ?? 0
      return sums[index]
    }),
  }))
  return upon.reverse()
}

function add(parent, tag, { className = '', text = '' } = {}) {
  const element = document.createElement(tag)
  Object.assign(element, { className, textContent: text })
  parent.append(element)
  return element
}
