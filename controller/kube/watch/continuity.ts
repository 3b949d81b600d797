import { elapsedBetween, readNow } from '../now.ts'

/**
 * Whether a reflector has been connected to the API server without a break. While it was not, or while this process stood still, the
 * API server may have been stopped, and started with another history.
 */
export interface Continuity {
  /** To be said when the API server has just answered with all that there is. */
  readonly restart: () => void
  /** To be said when a watch is asked for. */
  readonly begin: () => void
  /** To be said when it has ended. */
  readonly end: () => void
  readonly isBroken: () => boolean
}

const PULSE_MILLISECONDS = 1_000

/** `onBroken` is called where this process finds out, while a watch is asked for or open, that it has stood still. */
export function createContinuity(gapMilliseconds: number, onBroken: () => void): Continuity {
  let connected = readNow()
  let pulse: NodeJS.Timeout | undefined
  const isBroken = () => elapsedBetween(connected, readNow()) > gapMilliseconds
  const end = () => clearInterval(pulse)

  function beat(): void {
    if (!isBroken()) {
      connected = readNow()
      return
    }
    end()
    onBroken()
  }

  return {
    isBroken,
    end,
    restart: () => {
      connected = readNow()
    },
    begin: () => {
      end()
      pulse = setInterval(beat, PULSE_MILLISECONDS)
    },
  }
}
