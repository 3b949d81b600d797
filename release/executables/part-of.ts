import { join } from 'node:path'
import { REPOSITORY } from '../run.ts'

/** Where `npm run build` has written a part of executables. */
export function partOf(name: 'main.cjs' | 'training.cjs' | 'renderer.js'): string {
  return join(REPOSITORY, 'dist/executable', name)
}
