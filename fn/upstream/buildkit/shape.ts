/** What BuildKit reads a key as. A `duration` is text or seconds, a `size` is text, bytes or a percentage. */
export type Shape = Scalar | ListShape | MapShape | TableShape

export type Scalar = 'string' | 'boolean' | 'integer' | 'unsigned' | 'duration' | 'size' | 'anything'

export interface ListShape {
  readonly list: Shape
}

/** A table whose keys users name. */
interface MapShape {
  readonly each: Shape
}

export interface TableShape {
  readonly keys: Readonly<Record<string, Shape>>
}
