/** Writes what the chart has from elsewhere, or from its values.yaml; `npm run generate`. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { files } from './generate/files.ts'

const repository = join(import.meta.dirname, '..')

for (const [path, text] of Object.entries(files(repository))) {
  mkdirSync(dirname(join(repository, path)), { recursive: true })
  writeFileSync(join(repository, path), text)
}
