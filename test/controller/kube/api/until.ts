import { setTimeout } from 'node:timers/promises'

/** Waits until `condition` holds; throws after five seconds. */
export async function until(condition: () => boolean): Promise<void> {
  const end = performance.now() + 5000
  while (!condition()) {
    if (performance.now() > end) throw new Error(`not so after five seconds: ${condition}`)
    await setTimeout(5)
  }
}
