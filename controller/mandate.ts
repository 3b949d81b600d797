import { NotSentError } from './kube/api/api-error.ts'

/** The right to write, which may be lost at any time. */
export interface Mandate {
  /** Throws a NotSentError where nothing in a namespace must be written now; to be called right before the bytes of a write leave. */
  readonly assertMayWrite: (namespace: string) => void
  /** Aborts when what is under way must not be finished: whoever began before looks anew. */
  readonly signal: () => AbortSignal
  /** Ends what is under way. */
  readonly revoke: () => void
}

interface MandateOptions {
  /** Whether this process leads: a Lease alone does not fence off a leader that has been paused. */
  readonly leads: () => boolean
  /** Whether all that there is in a namespace is known. */
  readonly isWhole: (namespace: string) => boolean
}

export function createMandate({ leads, isWhole }: MandateOptions): Mandate {
  let underWay = new AbortController()
  return {
    assertMayWrite: (namespace) => {
      if (!leads()) throw new NotSentError('lost the lease before writing')
      if (!isWhole(namespace)) throw new NotSentError(`what there is in namespace "${namespace}" is being listed`)
    },
    signal: () => underWay.signal,
    revoke: () => {
      underWay.abort()
      underWay = new AbortController()
    },
  }
}
