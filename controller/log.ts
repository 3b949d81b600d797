import { pino } from 'pino'

/** JSON lines with `ts`, `level` and `msg`. */
export type Log = pino.Logger

/** A log that hands each line to `destination` before it goes on. */
export function createLog(level: string, destination: pino.DestinationStream): Log {
  return pino(
    {
      level,
      base: null,
      timestamp: () => pino.stdTimeFunctions.isoTime().replace('"time"', '"ts"'),
      formatters: { level: (label) => ({ level: label }) },
      errorKey: 'error',
      serializers: { error: describe },
    },
    destination,
  )
}

/**
 * The messages of an error and of all its causes. No stacks: those are for bugs, and a refused connection is none. No other
 * properties: the headers of a request may be among them, with the token.
 */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const { message, cause } = error
  const own = message || causesOf(error).map(describe).join('; ') || error.name
  return cause === undefined ? own : `${own}: ${describe(cause)}`
}

/** A host with several addresses fails with an error for each, and says nothing itself. */
function causesOf(error: Error): readonly unknown[] {
  return error instanceof AggregateError ? error.errors : []
}
