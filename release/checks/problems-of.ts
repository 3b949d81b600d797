import type { ReleaseFacts } from './release-facts.ts'

/** Why a version cannot be released from this checkout, one line each; empty if it can. */
export function problemsOf(facts: ReleaseFacts): readonly string[] {
  return [...versionProblems(facts), ...treeProblems(facts), ...changelogProblems(facts)]
}

function versionProblems({ asked, packageVersion, chart, tags }: ReleaseFacts): readonly string[] {
  const places = {
    'version of package.json': [packageVersion, asked],
    'version of charts/buildkit-controller/Chart.yaml': [chart.version, asked],
    'appVersion of charts/buildkit-controller/Chart.yaml': [chart.appVersion, `v${asked}`],
  }
  const wrong = Object.entries(places).filter(([, [is, mustBe]]) => is !== mustBe)
  const otherTags = tags.filter((tag) => /^v\d+\.\d/.test(tag) && tag !== `v${asked}`)
  return [
    ...wrong.map(([place, [is, mustBe]]) => `the ${place} must be ${mustBe}, got ${is}; run \`npm run version\``),
    ...otherTags.map((tag) => `the tag of this commit must be v${asked}, got ${tag}`),
  ]
}

function treeProblems({ changedFiles }: ReleaseFacts): readonly string[] {
  if (changedFiles.length === 0) return []
  const more = changedFiles.length > 1 ? ` and ${changedFiles.length - 1} more` : ''
  return [`the working tree must be clean, got changes in ${changedFiles[0]}${more}; commit or remove them`]
}

function changelogProblems({ asked, changes, unreleased, movedNames }: ReleaseFacts): readonly string[] {
  const problems: string[] = []
  if (!changes) problems.push(`CHANGELOG.md must have a section v${asked}; run \`npm run version\``)
  if (unreleased.length > 0)
    problems.push(
      `.changes/unreleased must be empty, got ${counted(unreleased.length, 'file')}; run \`npm run version\``,
    )
  if (movedNames.length > 0 && !changes?.includes('**Rolls builders**'))
    problems.push(
      `section v${asked} of CHANGELOG.md must have an entry that begins with **Rolls builders**: the examples of the last release ` +
        `have ${counted(movedNames.length, 'Pod')} with a different name than before: ${movedNames.slice(0, 3).join(', ')}`,
    )
  return problems
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
