import type { Platform } from './executables/platforms.ts'

/** What each part of a release is made from. */
export interface Release {
  /** `0.2.0` */
  readonly version: string
  /** The commit that is released. */
  readonly revision: string
  /** When it was committed, in seconds since 1970: the only time that an artifact contains. */
  readonly epoch: number
  /** Where the artifacts go. */
  readonly folder: string
  /** The buildx builder that builds the images; without one they are left out. */
  readonly builder: string | undefined
  /** Those of the executables; without any, there is no formula for Homebrew either. */
  readonly platforms: readonly Platform[]
}
