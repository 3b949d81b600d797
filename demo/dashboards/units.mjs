const PREFIXES = ['', 'Ki', 'Mi', 'Gi']

const UNITS = {
  bytes,
  binBps: (value) => `${bytes(value)}/s`,
  percentunit: (value) => `${rounded(value * 100)} %`,
  s: (value) => (value > 0 && value < 1 ? `${rounded(value * 1000)} ms` : `${rounded(value)} s`),
  ops: (value) => `${rounded(value)} /s`,
  reqps: (value) => `${rounded(value)} /s`,
  none: (value) => rounded(value),
}

/** A number in one of Grafana's units. */
export function formatted(value, unit) {
  if (value === undefined) return 'No data'
  const format = UNITS[unit]
  if (format === undefined) throw new Error(`a unit must be one of ${Object.keys(UNITS)}, got ${unit}`)
  return format(value)
}

function bytes(value) {
  const power = Math.min(PREFIXES.length - 1, Math.max(0, Math.floor(Math.log2(Math.max(value, 1)) / 10)))
  return `${rounded(value / 1024 ** power)} ${PREFIXES[power]}B`
}

function rounded(value) {
  return `${Number(value.toPrecision(3))}`
}
