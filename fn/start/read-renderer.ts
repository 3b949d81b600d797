import { readFileSync } from 'node:fs'
import type { Program } from './start-renderer.ts'

/** The hash of the renderer, which fn/generate/bundle.ts knows. */
declare const RENDERER_ID: string
/** What is before the renderer in the file of a bundle, and after it: for V8 it is a comment, which takes no time to load. */
declare const BEFORE_RENDERER: string
declare const AFTER_RENDERER: string
/** What the renderer has there where it has the end of a comment. */
declare const END_IN_RENDERER: string

export const rendererId: string = RENDERER_ID

/** The renderer in the file of a bundle, with the lines that it has there. The start itself has the marks as well, before. */
export function readRenderer(filename: string): Program {
  const file = readFileSync(filename, 'latin1')
  const start = file.lastIndexOf(BEFORE_RENDERER) + BEFORE_RENDERER.length
  const text = file.slice(start, file.lastIndexOf(AFTER_RENDERER)).replaceAll(END_IN_RENDERER, '*/')
  return { text, filename, lineOffset: file.slice(0, start).split('\n').length - 1 }
}
