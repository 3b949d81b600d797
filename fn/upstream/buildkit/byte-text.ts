const UNITS = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB']

/** A number of bytes in units that BuildKit and Kubernetes read alike, in three digits and never more than it is: "42.9 GiB". */
export function byteText(bytes: number): string {
  const power = Math.min(UNITS.length - 1, Math.floor(Math.log2(Math.max(bytes, 1)) / 10))
  const amount = bytes / 1024 ** power
  const digits = 10 ** Math.max(0, 2 - Math.floor(Math.log10(Math.max(amount, 1))))
  return `${Math.floor(amount * digits) / digits} ${UNITS[power]}`
}
