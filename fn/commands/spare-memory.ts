import process from 'node:process'

/** V8's own, in all versions of Node.js that this program supports. */
const DEFAULT_GROWTH = '--semi-space-growth-factor=2'

/**
 * Keeps the young generation at the size that it has: a third less memory for a large package, in the same time (docs/benchmarks.md).
 * For a small one, loading what does it would take longer than it is worth.
 */
export async function spareMemory(): Promise<void> {
  const { setFlagsFromString } = await import('node:v8')
  setFlagsFromString('--semi-space-growth-factor=1')
  // V8 refuses kept code (fn/start) that was made under other flags than those of a start.
  process.prependOnceListener('exit', () => setFlagsFromString(DEFAULT_GROWTH))
}
