import { elapsedBetween, readNow } from '../now.ts'

/**
 * Whether a reflector has been connected to the API server without interruption. During an interruption, or while this process was
 * paused, the API server may have restarted with another history.
 */
export interface Continuity {
  /** Call it after a complete list. */
  readonly restart: () => void
  /** Call it when a watch is requested. */
  readonly begin: () => void
  /** Call it when the watch has ended. */
  readonly end: () => void
  readonly isBroken: () => boolean
}

const PULSE_MILLISECONDS = 1_000

/** Calls `onBroken` if the process was paused while a watch was requested or open. */
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
