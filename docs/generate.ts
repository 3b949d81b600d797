/** Writes the pages that are derived from the source; `npm run generate`. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { RULES } from '../fn/rules/book.ts'
import { modesPage } from './generate/modes-page.ts'
import { pictures } from './generate/pictures.ts'
import { rulesPage } from './generate/rules-page.ts'

writeFileSync(join(import.meta.dirname, 'rules.md'), rulesPage(RULES))
writeFileSync(join(import.meta.dirname, 'modes.md'), modesPage())

const folder = join(import.meta.dirname, 'pictures')
const drawn = pictures(readFileSync(join(folder, 'demo.cast'), 'utf8'))
for (const [name, text] of Object.entries(drawn)) writeFileSync(join(folder, name), text)
