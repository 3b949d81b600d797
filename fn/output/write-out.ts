import { writeAll } from './write-all.ts'

const [STDOUT, STDERR] = [1, 2]

/** A problem of the world: it did not let us read or write. */
export class WorldError extends Error {}

/** What `run` returns; throws a WorldError where an operating system refuses. */
export function orWorldError<T>(what: string, run: () => T): T {
  try {
    return run()
  } catch (cause) {
    const { syscall, message } = cause as NodeJS.ErrnoException
    throw syscall === undefined ? cause : new WorldError(`${what}: ${message}`, { cause })
  }
}

/** Writes texts to standard output, all of them. */
export function print(texts: readonly string[]): void {
  orWorldError('cannot write to standard output', () => writeAll(STDOUT, texts))
}

/** Writes lines to standard error. Nobody can be told that nobody can be told anything. */
export function tell(lines: readonly string[]): void {
  try {
    writeAll(
      STDERR,
      lines.map((line) => `${line}\n`),
    )
  } catch {}
}
