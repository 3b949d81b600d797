#!/usr/bin/env node
/** Where the bundle starts: it answers what needs no renderer, or starts the renderer with the code that an earlier run has kept. */
import { print, tell, WorldError } from '../output/write-out.ts'
import { answerTo } from './answer.ts'
import { keptCode } from './kept-code.ts'
import { readKeptCode } from './read-kept-code.ts'
import { RENDERER, RENDERER_ID } from './renderer.ts'
import { start } from './start-renderer.ts'
import { writeKeptCode } from './write-kept-code.ts'

const INTERNAL_ERROR = 70
const IO_ERROR = 74
/** After a long run V8 has dropped code that only its beginning needed. */
const SHORT_MILLISECONDS = 2000

// As in fn/main.ts: whatever ends this early must not look like success.
process.exitCode = INTERNAL_ERROR
const args = process.argv.slice(2)
const answer = answerTo(args)
if (answer === undefined) startRenderer()
else process.exitCode = printed(answer)

function startRenderer(): void {
  const kept = keptCode(RENDERER_ID, args, process)
  const program = { text: RENDERER, filename: __filename }
  const compiled = start(program, kept && readKeptCode(kept, process), { module, require })
  if (!kept || !compiled) return
  process.once('exit', (exitCode) => {
    if (exitCode < INTERNAL_ERROR && performance.now() < SHORT_MILLISECONDS) writeKeptCode(kept, compiled(), process)
  })
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
