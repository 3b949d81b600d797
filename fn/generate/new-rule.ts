/** `npm run new-rule -- BK5xx some-slug`: writes the skeleton of a rule and its test; see fn/generate.ts. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { newRule } from './rule-files.ts'
import { skeleton } from './skeleton.ts'
import { existingRules, writeBook } from './write-book.ts'

const [id, slug, ...more] = process.argv.slice(2)
if (id === undefined || slug === undefined || more.length > 0) {
  console.error('usage: npm run new-rule -- BK5xx some-slug')
  process.exit(2)
}
const files = skeleton(orUsageError(() => newRule(id, slug, existingRules())))
for (const [path, text] of Object.entries(files)) {
  const target = join(import.meta.dirname, '../..', path)
  mkdirSync(dirname(target), { recursive: true })
  writeFileSync(target, text, { flag: 'wx' })
  console.log(path)
}
writeBook()

/** What a function returns, or one line on what is wrong with the arguments. */
function orUsageError<T>(make: () => T): T {
  try {
    return make()
  } catch (error) {
    console.error((error as Error).message)
    process.exit(2)
  }
}
