import { type Document, isScalar, isSeq, Scalar } from 'yaml'
import type { Path } from '../../crds/validate.ts'
import { fieldAt } from './field-at.ts'
import { parseNodes } from './parse-nodes.ts'

/** Finds plain scalars in the text of an object, which may be an item of a sequence; it is parsed when the first is asked for. */
export function plainScalars(text: string): (path: Path) => string | undefined {
  let document: Document | undefined
  return (path) => {
    document ??= text === '' ? undefined : parseNodes(text)
    if (!document) return undefined
    const node = fieldAt(document, isSeq(document.contents) ? [0] : [], path).steps.at(path.length - 1)?.node
    return isScalar(node) && node.type === Scalar.PLAIN ? String(node.source) : undefined
  }
}
