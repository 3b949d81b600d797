/**
 * Writes the rule book from the names of the rules' files; part of `npm run generate`.
 *
 * To add a rule: `npm run new-rule -- BK544 some-slug` writes `fn/rules/pod/BK544-some-slug.ts` and its test, and lists it in the
 * book. The hundred of its id is its chapter (fn/rules/chapters.ts), its slug says what is wrong. Fill in what fails: the texts,
 * the examples, `find`. What several rules ask goes to fn/rules/facts/, what BuildKit or Kubernetes accept to fn/upstream/.
 */
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ruleBook } from './generate/rule-book.ts'
import { ruleFiles } from './generate/rule-files.ts'
import { CHAPTERS } from './rules/chapters.ts'

const rules = join(import.meta.dirname, 'rules')
const paths = CHAPTERS.flatMap((chapter) => readdirSync(join(rules, chapter)).map((name) => `${chapter}/${name}`))
writeFileSync(join(rules, 'book.ts'), ruleBook(ruleFiles(paths)))
