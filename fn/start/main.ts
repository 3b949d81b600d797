#!/usr/bin/env node
/** Where the bundle starts: it answers what needs no renderer, or starts the renderer with the code that an earlier run has kept. */
import { keptCode } from './kept-code.ts'
import { INTERNAL_ERROR, launch } from './launch.ts'
import { readKeptCode } from './read-kept-code.ts'
import { rendererId, rendererInComment } from './renderer-in-comment.ts'
import { writeKeptCode } from './write-kept-code.ts'

/** After a long run V8 has dropped code that only its beginning needed. */
const SHORT_MILLISECONDS = 2000

const args = process.argv.slice(2)
const kept = keptCode(rendererId, args, process)
const renderer = {
  program: () => rendererInComment(__filename),
  code: () => kept && readKeptCode(kept, process),
}
const compiled = launch(args, renderer, { module, require })
if (kept && compiled) {
  process.once('exit', (exitCode) => {
    if (exitCode < INTERNAL_ERROR && performance.now() < SHORT_MILLISECONDS) writeKeptCode(kept, compiled(), process)
  })
}
