import { fstatSync, writeSync } from 'node:fs'
import type { Writable } from 'node:stream'
import { setTimeout } from 'node:timers/promises'
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

/** Where the lines of a log go. Neither a pipe that nobody reads nor a full disk ends the process, or has it wait: lines are dropped. */
export interface LogDestination {
  readonly write: (line: string) => void
  /** Resolves when the lines have left, or after a second in which they could not. */
  readonly flush: () => Promise<void>
}

/** Takes a line; false where it cannot. */
type Take = (line: string) => boolean

const WAITING_BYTES_MAX = 1024 * 1024
const FLUSH_MILLISECONDS = 1_000

/** Lines to a standard stream of this process. */
export function createLogDestination(stream: Writable & { readonly fd: number }): LogDestination {
  const kind = fstatSync(stream.fd)
  const isPipe = kind.isFIFO() || kind.isSocket()
  const take = isPipe ? takenByPipe(stream) : takenByFile(stream.fd)
  let dropped = 0
  return {
    write: (line) => {
      if (dropped > 0 && take(noticeOf(dropped))) dropped = 0
      if (dropped > 0 || !take(line)) dropped += 1
    },
    flush: async () => {
      if (dropped > 0) take(noticeOf(dropped))
      if (!isPipe) return
      const flushed = new Promise<void>((resolve) => stream.write('', () => resolve()))
      await Promise.race([flushed, setTimeout(FLUSH_MILLISECONDS, undefined, { ref: false })])
    },
  }
}

/** Node writes at once what a pipe has room for, and the rest when it is read. */
function takenByPipe(stream: Writable): Take {
  // Its reader may end before us.
  stream.on('error', () => undefined)
  return (line) => {
    if (stream.writableLength > WAITING_BYTES_MAX) return false
    stream.write(line)
    return true
  }
}

/** What a file takes is in it when the process ends. */
function takenByFile(fd: number): Take {
  let isWithinLine = false
  return (line) => {
    const bytes = Buffer.from(isWithinLine ? `\n${line}` : line)
    let written = 0
    try {
      while (written < bytes.length) written += writeSync(fd, bytes, written)
      isWithinLine = false
      return true
    } catch {
      // A disk that becomes full takes a part of a line.
      isWithinLine ||= written > 0
      return false
    }
  }
}

function noticeOf(dropped: number): string {
  const notice = { level: 'warn', ts: new Date().toISOString(), dropped, msg: 'lines were dropped: nobody took them' }
  return `${JSON.stringify(notice)}\n`
}
