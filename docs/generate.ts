/** Writes the pages that are derived from the source; `npm run generate`. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { RULES } from '../fn/rules/book.ts'
import { modesPage } from './generate/modes-page.ts'
import { chapterPages, rulesIndex } from './generate/rules-pages.ts'

const pages = { 'rules.md': rulesIndex(RULES), 'modes.md': modesPage(), ...chapterPages(RULES) }
mkdirSync(join(import.meta.dirname, 'rules'), { recursive: true })
for (const [path, text] of Object.entries(pages)) writeFileSync(join(import.meta.dirname, path), text)
