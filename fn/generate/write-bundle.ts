/** Writes dist/render-buildkit.cjs; part of `npm run build`. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bundled } from './bundle.ts'

const DIST = join(import.meta.dirname, '../../dist')

mkdirSync(DIST, { recursive: true })
writeFileSync(join(DIST, 'render-buildkit.cjs'), await bundled(), { mode: 0o755 })
