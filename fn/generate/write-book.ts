import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { CHAPTERS } from '../rules/chapters.ts'
import { ruleBook } from './rule-book.ts'
import { type RuleFile, ruleFiles } from './rule-files.ts'

const RULES = join(import.meta.dirname, '../rules')

/** The rules of the files that there are. */
export function existingRules(): readonly RuleFile[] {
  return ruleFiles(CHAPTERS.flatMap((chapter) => readdirSync(join(RULES, chapter)).map((name) => `${chapter}/${name}`)))
}

/** Lists them in the rule book. */
export function writeBook(): void {
  writeFileSync(join(RULES, 'book.ts'), ruleBook(existingRules()))
}
