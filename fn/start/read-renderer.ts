import { readFileSync } from 'node:fs'
import type { Program } from './start-renderer.ts'

/** The hash of the renderer, which fn/generate/bundle.ts knows. */
declare const RENDERER_ID: string
/** The bytes before and after the renderer, which is a comment in the file of a bundle, because V8 skips a comment. */
declare const START_OF_TEXT: number
declare const END_OF_TEXT: number
/** The byte in place of each slash that would end the comment. */
declare const SLASH_IN_COMMENT: number

const SLASH = 0x2f

export const rendererId: string = RENDERER_ID

/** The renderer in the file of a bundle, with the lines that it has there. Bytes are changed in place, because each copy of the text takes half a millisecond. */
export function readRenderer(filename: string): Program {
  const file = readFileSync(filename)
  const start = file.indexOf(START_OF_TEXT) + 1
  for (let at = file.indexOf(SLASH_IN_COMMENT, start); at >= 0; at = file.indexOf(SLASH_IN_COMMENT, at))
    file[at] = SLASH
  const text = file.toString('latin1', start, file.lastIndexOf(END_OF_TEXT))
  return { text, filename, lineOffset: file.toString('latin1', 0, start).split('\n').length - 1 }
}
