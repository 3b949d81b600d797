/** A package that a program or an image contains. */
export interface Component {
  readonly name: string
  readonly version: string
  /** Its name for tools, as purl-spec has it: `pkg:npm/yaml@2.9.1`. */
  readonly purl: string
  /** An SPDX license expression, if the package states one. */
  readonly license?: string
}
