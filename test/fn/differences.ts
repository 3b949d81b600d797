/** The values of `after` that are not in `before`, by their paths (`spec.ports[0].name`); undefined for one that has gone. */
export function differences(before: unknown, after: unknown, path = ''): Readonly<Record<string, unknown>> {
  if (!isBranch(before) || !isBranch(after)) return Object.is(before, after) ? {} : { [path]: after }
  const keys = new Set([...Object.keys(before), ...Object.keys(after)])
  return Object.assign({}, ...[...keys].map((key) => differences(before[key], after[key], join(path, key, after))))
}

type Branch = Readonly<Record<string, unknown>>

function isBranch(value: unknown): value is Branch {
  return typeof value === 'object' && value !== null
}

function join(path: string, key: string, parent: Branch): string {
  if (Array.isArray(parent)) return `${path}[${key}]`
  return path === '' ? key : `${path}.${key}`
}
