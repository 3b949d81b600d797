import type { ReleaseFacts } from './release-facts.ts'

/** What is wrong with the texts about a version. */
export function changelogProblems(facts: ReleaseFacts): readonly string[] {
  return [...sectionProblems(facts), ...rollProblems(facts), ...publicationProblems(facts)]
}

function sectionProblems({ asked, changes, notes, unreleased }: ReleaseFacts): readonly string[] {
  const problems: string[] = []
  if (changes === undefined) problems.push(`CHANGELOG.md must have a section v${asked}; run \`npm run version\``)
  if (notes === undefined) problems.push(`.changes must have the file v${asked}.md; run \`npm run version\``)
  else if (changes !== undefined && changes !== notes)
    problems.push(
      `section v${asked} of CHANGELOG.md must be that of .changes/v${asked}.md; run \`npm run changie -- merge\``,
    )
  if (unreleased.length > 0)
    problems.push(
      `.changes/unreleased must be empty, got ${counted(unreleased.length, 'file')}; run \`npm run version\``,
    )
  return problems
}

function rollProblems({ asked, changes, movedNames }: ReleaseFacts): readonly string[] {
  if (movedNames.length === 0 || /^- \*\*Rolls builders\*\*/m.test(changes ?? '')) return []
  return [
    `section v${asked} of CHANGELOG.md must have an entry that begins with **Rolls builders**: the examples of the last release ` +
      `have ${counted(movedNames.length, 'Pod')} with a different name than before: ${movedNames.slice(0, 3).join(', ')}`,
  ]
}

/** Without its tag, a version can be made from a clone before anything is published. */
function publicationProblems({ asked, tags, denials }: ReleaseFacts): readonly string[] {
  if (!tags.includes(`v${asked}`)) return []
  return denials.map(
    (path) => `${path} must not say that nothing is published yet, because this commit has the tag v${asked}`,
  )
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
