/** Writes dist/playground/, a static page; `npm run playground`. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { playgroundFiles } from './generate/playground.ts'

const FOLDER = join(import.meta.dirname, '../dist/playground')

mkdirSync(FOLDER, { recursive: true })
for (const [name, text] of Object.entries(await playgroundFiles())) writeFileSync(join(FOLDER, name), text)
