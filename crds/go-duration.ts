const NANOSECONDS: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1e3,
  µs: 1e3, // U+00B5
  μs: 1e3, // U+03BC
  ms: 1e6,
  s: 1e9,
  m: 60e9,
  h: 3600e9,
}
const PART = String.raw`(\d+\.?\d*|\.\d+)(${Object.keys(NANOSECONDS).join('|')})`
const WHOLE = new RegExp(`^[+-]?(?:${PART})+$`)

/** The nanoseconds of a duration as Go writes it (`1m30s`; Go 1.26, `time.ParseDuration`), or undefined. */
export function parseGoDuration(text: string): number | undefined {
  if (/^[+-]?0$/.test(text)) return 0
  if (!WHOLE.test(text)) return undefined
  const parts = [...text.matchAll(new RegExp(PART, 'g'))]
  const nanoseconds = parts.reduce((sum, [, amount, unit = '']) => sum + Number(amount) * (NANOSECONDS[unit] ?? 0), 0)
  if (nanoseconds >= 2 ** 63) return undefined
  return text.startsWith('-') ? -nanoseconds : nanoseconds
}
