import process from 'node:process'

const interruption = new AbortController()

/** Aborted when somebody interrupts the program: programs that run are ended, no other starts, and every `finally` still runs. */
export const interrupted: AbortSignal = interruption.signal

/** What a shell adds to the number of a signal for the exit code. */
const EXIT_CODES = { SIGINT: 130, SIGTERM: 143 } as const

/** Lets the first SIGINT or SIGTERM end the work in order; a second one ends the process. */
export function endOnSignals(): void {
  for (const [signal, exitCode] of Object.entries(EXIT_CODES))
    process.once(signal, () => {
      process.exitCode = exitCode
      interruption.abort(new Error(`interrupted by ${signal}`))
    })
}
