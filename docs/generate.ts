/** Writes the pages that are derived from the source; `npm run generate`. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { RULES } from '../fn/rules/book.ts'
import { modesPage } from './generate/modes-page.ts'
import { rulesPage } from './generate/rules-page.ts'

writeFileSync(join(import.meta.dirname, 'rules.md'), rulesPage(RULES))
writeFileSync(join(import.meta.dirname, 'modes.md'), modesPage())
