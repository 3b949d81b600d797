const UNITS = ['bytes', 'kB', 'MB', 'GB', 'TB', 'PB']

/** A number of bytes for people, in powers of 1000 and three digits: "85.9 GB". */
export function byteText(bytes: number): string {
  const power = Math.min(UNITS.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(bytes, 1)) / 3)))
  return `${Number((bytes / 1000 ** power).toPrecision(3))} ${UNITS[power]}`
}
