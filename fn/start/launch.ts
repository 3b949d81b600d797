import process from 'node:process'
import { print, tell, WorldError } from '../output/write-out.ts'
import { answerTo } from './answer.ts'
import { type CompiledCode, type Program, type Scope, start } from './start-renderer.ts'

/** The exit code of a run that has ended early for whatever reason: as in fn/main.ts, that must not look like success. */
export const INTERNAL_ERROR = 70
const IO_ERROR = 74

/** Where a start finds the renderer, and code that V8 has made of it. */
export interface Renderer {
  readonly program: () => Program
  readonly code: () => Uint8Array | undefined
}

/** Answers `args` or starts the renderer. Returns the code of a renderer that had none. */
export function launch(args: readonly string[], renderer: Renderer, scope: Scope): CompiledCode | undefined {
  process.exitCode = INTERNAL_ERROR
  const answer = answerTo(args)
  if (answer === undefined) return start(renderer.program(), renderer.code(), scope)
  // As in fn/main.ts: all is written.
  process.exit(printed(answer))
}

function printed(text: string): number {
  try {
    print([text])
    return 0
  } catch (error) {
    if (!(error instanceof WorldError)) throw error
    tell([error.message])
    return IO_ERROR
  }
}
