/** So long may a text in a result be; what is longer is cut in its middle, since it ends with the way out. */
export const LENGTH_MAX = 1000
const END = 300

/** What a result shows of a text: all of it, or its beginning and its end. */
export function shortened(text: string): string {
  return text.length > LENGTH_MAX ? `${text.slice(0, LENGTH_MAX - END - 1)}…${text.slice(-END)}` : text
}
