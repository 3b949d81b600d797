/** The keys of a struct and of those in it, by dots, as its tags for TOML name them; a type of another file is one key. */
export function keysInGo(source: string, struct: string): readonly string[] {
  const lines = source.slice(source.indexOf(`\ntype ${struct} struct {\n`) + 1).split('\n')
  return fields(source, lines.slice(1).values()).keys
}

interface Fields {
  readonly keys: readonly string[]
  /** Of a struct that has no type of its own, behind its end. */
  readonly name: string
}

function fields(source: string, lines: Iterator<string>): Fields {
  const keys: string[] = []
  for (let next = lines.next(); !next.done; next = lines.next()) {
    const line = next.value.trim()
    const [, name = ''] = /`toml:"([^",]+)/.exec(line) ?? []
    if (line.startsWith('}')) return { keys, name }
    if (line.startsWith('//')) continue
    if (line.endsWith(' struct {')) {
      const inner = fields(source, lines)
      keys.push(...inner.keys.map((key) => `${inner.name}.${key}`))
    } else if (/^\w+$/.test(line)) keys.push(...keysInGo(source, line))
    else if (name !== '') keys.push(...keysOfField(source, name, line))
  }
  throw new Error('a struct without an end')
}

function keysOfField(source: string, name: string, line: string): readonly string[] {
  const [, type = ''] = /^\w+\s+(?:\*|\[\])?(\w+)\s/.exec(line) ?? []
  const isHere = source.includes(`\ntype ${type} struct {\n`)
  return isHere ? keysInGo(source, type).map((key) => `${name}.${key}`) : [name]
}
