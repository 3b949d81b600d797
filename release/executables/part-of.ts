import { join } from 'node:path'
import { REPOSITORY } from '../run.ts'

/** Where `npm run build` has written the parts of executables. */
export const PARTS = join(REPOSITORY, 'dist/executable')

/** Where a part is. */
export function partOf(name: 'training.cjs' | 'renderer.js'): string {
  return join(PARTS, name)
}
