import type { Program } from './start-renderer.ts'

/** The hash of the renderer, which fn/generate/bundle.ts knows. */
declare const RENDERER_ID: string
/** A function that fn/generate/bundle.ts puts into a bundle: it has the renderer as a comment, because V8 skips a comment. */
declare function rendererComment(): void
/** Where that text is in the file. */
declare const LINE_OF_TEXT: number

const [START, END] = ['//', '\n']

export const rendererId: string = RENDERER_ID

/** The renderer of a bundle, in a part of the text that Node.js has read: no other copy of it is made, which would take a millisecond. */
export function rendererInComment(filename: string): Program {
  const source = rendererComment.toString()
  const text = source.slice(source.indexOf(START) + START.length, source.lastIndexOf(END))
  return { text, filename, lineOffset: LINE_OF_TEXT, columnOffset: START.length }
}
