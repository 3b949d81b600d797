import { pino } from 'pino'

/** JSON lines with `ts`, `level` and `msg`. */
export type Log = pino.Logger

/** A log that writes each line before it goes on, so that none is lost when the process ends. */
export function createLog(level: string, destination: pino.DestinationStream): Log {
  return pino(
    {
      level,
      base: null,
      timestamp: () => pino.stdTimeFunctions.isoTime().replace('"time"', '"ts"'),
      formatters: { level: (label) => ({ level: label }) },
      serializers: { error: describe },
    },
    destination,
  )
}

/** An error with all its causes, without stacks: those are for bugs, and a refused connection is none. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause === undefined ? error.message : `${error.message}: ${describe(error.cause)}`
}
