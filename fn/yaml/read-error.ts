import type { Path } from '../../crds/validate.ts'

/** Why a text could not be read, and where. */
export interface ReadError {
  readonly message: string
  /** In the text. */
  readonly offset?: number
  /** Of the field that it is about, where the text is YAML but no object. */
  readonly path?: Path
}
