/**
 * Writes the rule book from the names of the rules' files; part of `npm run generate`.
 *
 * To add a rule, run `npm run new-rule -- BK5xx some-slug`. It writes `fn/rules/pod/BK544-some-slug.ts` and its test with the next
 * free number, and lists the rule in the book. The hundred of the id is the chapter (fn/rules/chapters.ts); the slug says what is
 * wrong. Fill in what the tests of the book and of the rule report: the texts, the examples, `find`. What several rules need of
 * the input goes to fn/rules/facts/; what BuildKit and Kubernetes accept goes to fn/upstream/.
 */
import { writeBook } from './generate/write-book.ts'

writeBook()
