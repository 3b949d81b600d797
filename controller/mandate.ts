import { NotSentError } from './kube/api/api-error.ts'

/** The right to write, which may be lost at any time. */
export interface Mandate {
  /** Throws a NotSentError if nothing in the namespace may be written now. Call it right before sending a write. */
  readonly assertMayWrite: (namespace: string) => void
  /** Aborts when work in progress must not continue. */
  readonly signal: () => AbortSignal
  /** Ends work in progress. */
  readonly revoke: () => void
}

interface MandateOptions {
  /** Whether this process leads: a Lease alone does not fence off a leader that has been paused. */
  readonly leads: () => boolean
  /** Whether the caches of a namespace are complete. */
  readonly isWhole: (namespace: string) => boolean
}

export function createMandate({ leads, isWhole }: MandateOptions): Mandate {
  let underWay = new AbortController()
  return {
    assertMayWrite: (namespace) => {
      if (!leads()) throw new NotSentError('lost the lease before writing')
      if (!isWhole(namespace)) throw new NotSentError(`namespace "${namespace}" is still being listed`)
    },
    signal: () => underWay.signal,
    revoke: () => {
      underWay.abort()
      underWay = new AbortController()
    },
  }
}
