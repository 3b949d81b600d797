/** What stands between two offsets of a text becomes another text. */
export interface Edit {
  readonly start: number
  readonly end: number
  readonly text: string
}
