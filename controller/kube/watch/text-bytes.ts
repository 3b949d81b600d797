import { GarbledError } from './garbled-error.ts'

/** Bytes that come in pieces and become a text as a whole: a piece may end within a character. */
export interface TextBytes {
  /** Throws a GarbledError where there are too many. */
  readonly add: (piece: Buffer) => void
  /** The text of all since the last time. */
  readonly take: () => string
  readonly isEmpty: () => boolean
}

/**
 * An API server keeps no object over 2 MiB: its requests to etcd are no longer. As JSON a byte may be six: `<` is sent as `\u003c`.
 * What has no end must not fill the memory.
 */
const BYTES_MAX = 16 * 1024 * 1024

/** `what` is for messages: `a line of a watch`. */
export function createTextBytes(what: string): TextBytes {
  let pieces: Buffer[] = []
  let bytes = 0
  return {
    add: (piece) => {
      if (piece.length === 0) return
      pieces.push(piece)
      bytes += piece.length
      if (bytes > BYTES_MAX) throw new GarbledError(`${what} must have at most ${BYTES_MAX} bytes, got more`)
    },
    take: () => {
      const text = (pieces.length === 1 ? (pieces[0] as Buffer) : Buffer.concat(pieces)).toString()
      pieces = []
      bytes = 0
      return text
    },
    isEmpty: () => bytes === 0,
  }
}
