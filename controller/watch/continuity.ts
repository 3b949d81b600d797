import { elapsedBetween, readNow } from '../now.ts'

/**
 * Whether a reflector has been connected to the API server without a break. While it was not, or while this process stood still, the
 * API server may have been stopped, and started with another history.
 */
export interface Continuity {
  /** To be said when the API server has just answered. */
  readonly restart: () => void
  /** To be said when a watch is open. */
  readonly begin: () => void
  /** To be said when bytes of it came. */
  readonly onHeard: () => void
  /** To be said when it has ended. */
  readonly end: () => void
  readonly isBroken: () => boolean
}

const PULSE_MILLISECONDS = 1_000

export function createContinuity(gapMilliseconds: number): Continuity {
  let connected = readNow()
  /** When this process went on after it had stood still while a watch was open. */
  let awake: number | undefined
  let pulse: NodeJS.Timeout | undefined
  const isBroken = () => elapsedBetween(connected, readNow()) > gapMilliseconds

  function restart(): void {
    awake = undefined
    connected = readNow()
  }

  function beat(): void {
    if (isBroken()) awake ??= performance.now()
    else connected = readNow()
  }

  return {
    restart,
    isBroken,
    begin: () => {
      restart()
      pulse = setInterval(beat, PULSE_MILLISECONDS)
    },
    onHeard: () => {
      // What is read right after the process went on may have been sent before the connection ended; what comes later has come over it.
      if (awake !== undefined && performance.now() - awake > PULSE_MILLISECONDS) restart()
    },
    end: () => clearInterval(pulse),
  }
}
