/** Runs a renderer as its executable does, and writes the code of all functions that have run. */
import { readFileSync, writeFileSync } from 'node:fs'
import process from 'node:process'
import { start } from '../start-renderer.ts'

const { RENDERER = '', CODE = '' } = process.env
const program = { text: readFileSync(RENDERER, 'latin1'), filename: 'render-buildkit' }
const compiled = start(program, undefined, { module, require })
if (compiled) process.once('exit', () => writeFileSync(CODE, compiled()))
