const SAFE = /^[\w./][\w./@%+=,:-]*$/

/** A path as one word of a command for a shell, which is no option. */
export function shellWord(path: string): string {
  if (SAFE.test(path)) return path
  return `'${(path.startsWith('-') ? `./${path}` : path).replaceAll("'", "'\\''")}'`
}
