import { parseSize, type Size } from './sizes.ts'

/**
 * An amount of disk space: bytes, or a percentage of the disk that the cache is on. With both it is the smaller of them, which
 * only BuildKit's defaults have.
 */
export type Amount = Size

/** What an amount may come to; far apart for a percentage of a disk whose size nobody knows. */
export interface Bounds {
  readonly least: number
  readonly most: number
}

/** The amount that a value of buildkitd.toml says, undefined where it is 0, is left out, or is none. */
export function amountOf(value: unknown): Amount | undefined {
  const size = typeof value === 'bigint' ? { bytes: Number(value) } : parseText(value)
  return size && (size.bytes || size.percentage) ? size : undefined
}

function parseText(value: unknown): Amount | undefined {
  return typeof value === 'string' ? parseSize(value) : undefined
}

/** The bytes of an amount on a disk of `disk` bytes (AsBytes in cmd/buildkitd/config/gcpolicy.go). */
export function boundsOf({ bytes, percentage }: Amount, disk: number | undefined): Bounds {
  if (percentage === undefined) return { least: bytes ?? 0, most: bytes ?? 0 }
  if (disk === undefined) return { least: 0, most: bytes ?? Number.POSITIVE_INFINITY }
  const share = Math.min(percentageOf(disk, percentage), bytes ?? Number.POSITIVE_INFINITY)
  return { least: share, most: share }
}

function percentageOf(disk: number, percentage: number): number {
  return (Math.floor(Math.trunc((disk * percentage) / 100) / 2 ** 30) + 1) * 1e9
}

const UNITS = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB']

/** A number of bytes in units that BuildKit and Kubernetes read alike, in three digits and never more than it is: "42.9 GiB". */
export function byteText(bytes: number): string {
  const power = Math.min(UNITS.length - 1, Math.floor(Math.log2(Math.max(bytes, 1)) / 10))
  const amount = bytes / 1024 ** power
  const digits = 10 ** Math.max(0, 2 - Math.floor(Math.log10(Math.max(amount, 1))))
  return `${Math.floor(amount * digits) / digits} ${UNITS[power]}`
}

/** From the least to the most: `9.31 GiB to 93.1 GiB`; once where they read the same. */
export function byteRangeText(least: number, most: number): string {
  const [from, to] = [byteText(least), byteText(most)]
  return from === to ? from : `${from} to ${to}`
}
