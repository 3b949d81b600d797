import { changelogProblems } from './changelog-problems.ts'
import type { ReleaseFacts } from './release-facts.ts'

/** Why a version cannot be released from this checkout, one line each; empty if it can. */
export function problemsOf(facts: ReleaseFacts): readonly string[] {
  return [...versionProblems(facts), ...tagProblems(facts), ...treeProblems(facts), ...changelogProblems(facts)]
}

function versionProblems({ asked, packageVersion, chart }: ReleaseFacts): readonly string[] {
  const places = {
    'version of package.json': [packageVersion, asked],
    'version of charts/buildkit-controller/Chart.yaml': [chart.version, asked],
    'appVersion of charts/buildkit-controller/Chart.yaml': [chart.appVersion, `v${asked}`],
  }
  const wrong = Object.entries(places).filter(([, [is, mustBe]]) => is !== mustBe)
  return wrong.map(([place, [is, mustBe]]) => `the ${place} must be ${mustBe}, got ${is}; run \`npm run version\``)
}

function tagProblems({ asked, revision, tags, commitOfTag, missingTags }: ReleaseFacts): readonly string[] {
  const problems = tags
    .filter((tag) => /^v\d+\.\d/.test(tag) && tag !== `v${asked}`)
    .map((tag) => `the tag of this commit must be v${asked}, got ${tag}`)
  if (commitOfTag !== undefined && commitOfTag !== revision)
    problems.push(`the tag v${asked} must be at this commit, ${revision}, got ${commitOfTag}; release another version`)
  if (missingTags.length > 0)
    problems.push(
      `the clone must have the tag of every earlier version, got none for ${missingTags.join(', ')}; run \`git fetch --tags\``,
    )
  return problems
}

function treeProblems({ changedFiles, hiddenFiles }: ReleaseFacts): readonly string[] {
  const problems: string[] = []
  if (changedFiles.length > 0)
    problems.push(`the working tree must be clean, got changes in ${firstOf(changedFiles)}; commit or remove them`)
  if (hiddenFiles.length > 0)
    problems.push(
      `Git must compare every file, got the bit assume-unchanged or skip-worktree of ${firstOf(hiddenFiles)}; ` +
        'run `git update-index --no-assume-unchanged --no-skip-worktree FILE`',
    )
  return problems
}

function firstOf(files: readonly string[]): string {
  return files.length > 1 ? `${files[0]} and ${files.length - 1} more` : String(files[0])
}
