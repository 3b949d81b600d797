/** Writes dist/render-buildkit.cjs and dist/executable/, of which single executables are made; part of `npm run build`. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bundled, executableParts } from './bundle.ts'

const DIST = join(import.meta.dirname, '../../dist')
const EXECUTABLE = join(DIST, 'executable')

mkdirSync(EXECUTABLE, { recursive: true })
writeFileSync(join(DIST, 'render-buildkit.cjs'), await bundled(), { mode: 0o755 })
for (const [name, text] of Object.entries(await executableParts())) writeFileSync(join(EXECUTABLE, name), text)
