/** Writes everything that is derived from the schemas; `npm run generate`. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { files } from './generate/files.ts'
import { KINDS } from './generate/kinds.ts'

const repository = join(import.meta.dirname, '..')

for (const [path, text] of Object.entries(files(KINDS))) {
  mkdirSync(dirname(join(repository, path)), { recursive: true })
  writeFileSync(join(repository, path), text)
}
