import { Composer, type Document, isScalar, Lexer, Parser, visit, YAMLParseError } from 'yaml'
import type { Path } from '../../crds/validate.ts'

/** Several times what any manifest has, and far below what recursion can bear. */
const DEPTH_MAX = 200

/**
 * A YAML or JSON text of one document as nodes that know where they stand, with what is wrong in its `errors`; undefined where it is
 * nested too deeply for a manifest, which is seen before it costs anything.
 */
export function parseNodes(text: string): Document.Parsed | undefined {
  return documentsOf(text)?.[0]
}

/** The same for a text of several documents. */
export function documentsOf(text: string): readonly Document.Parsed[] | undefined {
  const composer = new Composer({ schema: 'failsafe', logLevel: 'silent', uniqueKeys: false })
  const documents: Document.Parsed[] = []
  for (const token of tokensOf(text)) {
    if (token === 'too deep') return undefined
    documents.push(...composer.next(token))
  }
  documents.push(...composer.end(true, text.length))
  const [first] = documents
  if (first?.errors.length === 0) first.errors.push(...repeatedKey(first))
  return documents
}

type Token = Parameters<Composer['next']>[0]

/** Up to the first error between documents: nobody reads the others, of which there may be millions. */
function* tokensOf(text: string): Generator<Token | 'too deep'> {
  const parser = new Parser()
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) {
      yield token
      if (token.type === 'error') return yield* parser.end()
    }
    if (parser.stack.length > DEPTH_MAX) yield 'too deep'
  }
  yield* parser.end()
}

/** The first key that stands twice in a mapping. The parser would compare each key with all others. */
function repeatedKey(document: Document.Parsed): readonly YAMLParseError[] {
  const errors: YAMLParseError[] = []
  visit(document, {
    Map(_, { items }) {
      const seen = new Set<unknown>()
      for (const { key } of items) {
        if (!isScalar(key)) continue
        if (seen.has(key.value)) {
          const [start, end] = key.range ?? [0, 0]
          errors.push(new YAMLParseError([start, end], 'DUPLICATE_KEY', 'Map keys must be unique'))
          return visit.BREAK
        }
        seen.add(key.value)
      }
      return undefined
    },
  })
  return errors
}

/** Why a text could not be read, and where. */
export interface ReadError {
  readonly message: string
  /** In the text. */
  readonly offset?: number
  /** Of the field that it is about, where the text is YAML but no object. */
  readonly path?: Path
}
