/**
 * Keeps the young generation at the size that it has: a third less memory for a large package, in the same time (docs/benchmarks.md).
 * For a small one, loading what does it would take longer than it is worth.
 */
export async function spareMemory(): Promise<void> {
  const { setFlagsFromString } = await import('node:v8')
  setFlagsFromString('--semi-space-growth-factor=1')
}
