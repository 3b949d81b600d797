import { joined, type Pair, spelt } from './pair.ts'

/** Something of a manifest, with mistakes in it. */
export type Node =
  /** A string, in whichever quotes; one of many lines as a literal too. */
  | { readonly text: string | Pair }
  /** As it stands. */
  | { readonly raw: string | Pair }
  | { readonly list: readonly Node[] }
  | { readonly entries: readonly Entry[] }

export interface Entry {
  readonly key: string | Pair
  readonly value: Node
  /** Whether correcting takes it out; never the first. */
  readonly isRemoved?: boolean
}

export type Pick = <T>(...choices: readonly T[]) => T

interface Style {
  readonly pick: Pick
  readonly isJson: boolean
  readonly step: number
}

const COMMENTS = ['# c', '#', '# é 😀', '# key: value', '# "quote', '# [a, {b', "# it's"]

/** A document in a style that `pick` chooses: block, flow or JSON, quotes, indentation, comments and blank lines. */
export function styled(root: Node, pick: Pick): Pair {
  const style = { pick, isJson: pick(false, false, false, true), step: pick(1, 2, 4) }
  return style.isJson ? joined(flow(style, root), pick('', '\n')) : block(style, root, 0)
}

function flow(style: Style, node: Node): Pair {
  if ('raw' in node) return joined(node.raw)
  if ('text' in node) return quoted(style, node.text)
  const { pick, isJson } = style
  const blank = () => pick('', ' ', isJson ? '\n\t' : '  ')
  const [open = '', close = ''] = 'list' in node ? '[]' : '{}'
  const items =
    'list' in node
      ? node.list.map((one) => flow(style, one))
      : node.entries.map(({ key, value }) => joined(keyText(style, key), `: ${blank()}`, flow(style, value)))
  const parts = items.map((item, at) => {
    const part = at === 0 ? item : joined(`,${blank()} `, item)
    return 'entries' in node && node.entries[at]?.isRemoved ? { ...part, after: '' } : part
  })
  return joined(open, blank(), ...parts, blank(), close)
}

function quoted({ pick, isJson }: Style, text: string | Pair): Pair {
  const pair = joined(text)
  const double = (one: string) => JSON.stringify(one)
  if (isJson || pair.before.includes('\n')) return spelt(pair, double)
  const single = (one: string) => `'${one.replaceAll("'", "''")}'`
  return spelt(
    pair,
    pick((one: string) => one, single, double),
  )
}

/** A mistake in a key is found where the key begins, with its quote. */
function keyText(style: Style, key: string | Pair): Pair {
  return { ...quoted(style, key), marks: joined(key).marks }
}

/** Lines of a mapping, each with its line break. */
function block(style: Style, node: Node, column: number): Pair {
  const entries = 'entries' in node ? node.entries : []
  const lines = entries.map(({ key, value, isRemoved }, at) => {
    const line = joined(' '.repeat(at === 0 ? 0 : column), keyText(style, key), ':', fieldValue(style, value, column))
    const above = at === 0 ? '' : aboveLine(style, column)
    return joined(above, isRemoved ? { ...line, after: '' } : line)
  })
  return joined(...lines)
}

function aboveLine({ pick }: Style, column: number): string {
  return pick('', '', '', '\n', `${' '.repeat(pick(0, column))}${pick(...COMMENTS)}\n`)
}

/** What stands behind a colon, up to the end of its last line. */
function fieldValue(style: Style, node: Node, column: number): Pair {
  const { pick, step } = style
  const comment = pick('', '', `${pick('  ', '\t')}${pick(...COMMENTS)}`)
  const isLong = 'text' in node && joined(node.text).before.includes('\n')
  if (isLong && pick(true, true, false)) return literal(style, joined(node.text), column)
  if ('raw' in node || 'text' in node || pick(false, false, true))
    return joined(pick(' ', '   '), flow(style, node), `${comment}\n`)
  const [inner, pad] = [column + step, ' '.repeat(column + step)]
  if ('entries' in node) return joined(`${comment}\n${pad}`, block(style, node, inner))
  const items = node.list.map((item) =>
    joined(`${pad}- `, 'entries' in item ? block(style, item, inner + 2) : joined(flow(style, item), '\n')),
  )
  return joined(`${comment}\n`, ...items)
}

function literal({ pick, step }: Style, pair: Pair, column: number): Pair {
  const chomping = pair.before.endsWith('\n') ? '' : '-'
  const head = pick(`|${chomping}`, `|${chomping}${step}`, `|${step}${chomping}`, `|${chomping} # c`)
  const body = spelt(pair, (text) => text.replace(/^(?=.)/gm, ' '.repeat(column + step)))
  return joined(` ${head}\n`, body, chomping ? '\n' : '')
}
