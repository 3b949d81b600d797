/** How far a watch came. */
export interface Progress {
  readonly lines: number
  /** Lines but bookmarks. */
  readonly events: number
  /** How long it was open. */
  readonly milliseconds: number
}

/** How a list or a watch came to its end. What never was a watch has made no progress. */
export type Ending =
  /** `ended`: by the API server, as it was asked to; the others by us. `stopped`: nobody wants it any more. */
  | { readonly how: 'ended' | 'silent' | 'overdue' | 'diverged' | 'stopped'; readonly progress: Progress }
  /** `reported`: the API server wrote the error into the watch. */
  | { readonly how: 'failed' | 'reported'; readonly error: unknown; readonly progress: Progress }

export const NO_PROGRESS: Progress = { lines: 0, events: 0, milliseconds: 0 }
