/** A file of a package, its path relative and with slashes. */
export interface PackageFile {
  readonly path: string
  readonly text: string
}
