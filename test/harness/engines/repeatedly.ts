import { setTimeout } from 'node:timers/promises'

const PAUSE_MILLISECONDS = 50

/** Does something again and again, also after it has failed, until the result is called; that resolves when the last time has ended. */
export function repeatedly(act: () => Promise<void>): () => Promise<void> {
  let isStopped = false
  const run = async () => {
    while (!isStopped) {
      // An API server that is being stopped or started answers again later.
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
