import { setTimeout } from 'node:timers/promises'

const PAUSE_MILLISECONDS = 50

/** Repeats `act`, also after a failure, until you call the result, which resolves when the last run has ended. */
export function repeatedly(act: () => Promise<void>): () => Promise<void> {
  let isStopped = false
  const run = async () => {
    while (!isStopped) {
      // An API server that stops or starts answers again later.
      await act().catch(() => undefined)
      await setTimeout(PAUSE_MILLISECONDS)
    }
  }
  const running = run()
  return () => {
    isStopped = true
    return running
  }
}
