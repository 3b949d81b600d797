/** Writes the pages that are derived from the source; `npm run generate`. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { RULES } from '../fn/rules/book.ts'
import { modesPage } from './generate/modes-page.ts'
import { optionsPage } from './generate/options-page.ts'
import { pictures } from './generate/pictures.ts'
import { chapterPages, rulesIndex } from './generate/rules-pages.ts'
import { versionsPage } from './generate/versions-page.ts'

const docs = import.meta.dirname
const drawn = Object.entries(pictures(readFileSync(join(docs, 'pictures/demo.cast'), 'utf8')))
const pages = {
  'rules.md': rulesIndex(RULES),
  'modes.md': modesPage(),
  'options.md': optionsPage(),
  'versions.md': versionsPage(),
  ...chapterPages(RULES),
  ...Object.fromEntries(drawn.map(([name, text]) => [`pictures/${name}`, text])),
}
mkdirSync(join(docs, 'rules'), { recursive: true })
for (const [path, text] of Object.entries(pages)) writeFileSync(join(docs, path), text)
