/** How far a watch came. */
export interface Progress {
  /** Whether the API server has taken it. */
  readonly isOpen: boolean
  readonly lines: number
  /** Lines but bookmarks. */
  readonly events: number
  /** How long it was open. */
  readonly milliseconds: number
}

/**
 * Why a watch was ended from this side: `gap`: it was not the immediate successor of the one before; `rewritten`: the API server has
 * another history; `stopped`: nobody wants it any more.
 */
export type Interruption = 'silent' | 'overdue' | 'gap' | 'diverged' | 'rewritten' | 'stopped'

/** How a list or a watch came to its end. What never was a watch has made no progress. */
export type Ending =
  /** `ended`: by the API server, as it was asked to. */
  | { readonly how: Interruption | 'ended'; readonly progress: Progress }
  /** `reported`: the API server wrote the error into the watch. */
  | { readonly how: 'failed' | 'reported'; readonly error: unknown; readonly progress: Progress }

export const NO_PROGRESS: Progress = { isOpen: false, lines: 0, events: 0, milliseconds: 0 }
