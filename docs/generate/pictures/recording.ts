/** What a terminal got at one time. */
export interface Beat {
  readonly lines: readonly string[]
  /** How long a reader looks at it, in seconds. */
  readonly seconds: number
}

/** A recording in the format of asciinema, version 2, as beats. Waiting is cut; each line gets its time to be read. */
export function beatsOf(cast: string): readonly Beat[] {
  const [, ...events] = cast.trimEnd().split('\n')
  return events.map((event) => {
    const [, , text] = JSON.parse(event) as readonly [number, 'o', string]
    const lines = text.replace(/\n$/, '').split('\n')
    return { lines, seconds: Math.min(0.6 + 0.2 * lines.length, 2.8) }
  })
}
