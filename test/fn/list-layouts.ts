import { stringify } from 'yaml'
import { emit } from '../../fn/yaml/emit.ts'
import { unicodeEscape } from '../../fn/yaml/scalars.ts'

/** Ways to write a list that orchestrators, other tools and people have. */
export const LIST_LAYOUTS: Readonly<Record<string, (list: object) => string>> = {
  'as we write it': (list) => emit(list, 0),
  'as kpt writes it': (list) => stringify(list, { indentSeq: false, version: '1.1' }),
  'with indented items': (list) => stringify(list, { version: '1.1', lineWidth: 0 }),
  'with all strings quoted': (list) =>
    stringify(list, { defaultStringType: 'QUOTE_DOUBLE', defaultKeyType: 'QUOTE_DOUBLE' }),
  'with CRLF': (list) => stringify(list, { version: '1.1', blockQuote: false }).replace(/\n/g, '\r\n'),
  'with a byte order mark': (list) => `\ufeff---\n${emit(list, 0)}`,
  'in flow style': (list) => stringify(list, { collectionStyle: 'flow', defaultStringType: 'QUOTE_DOUBLE' }),
  'as JSON': (list) => JSON.stringify(list),
  'as JSON with every escape': (list) =>
    JSON.stringify(list)
      .replace(/\//g, '\\/')
      .replace(/[^\x20-\x7e]/g, unicodeEscape),
  'as indented JSON': (list) => JSON.stringify(list, undefined, 4),
}

/** The `yaml` package writes these so that other readers end the line at them, or merge. */
export const MISWRITTEN = /[\u0085\u2028\u2029]|<<:/
