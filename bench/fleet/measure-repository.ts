import { git, pushedBytes, renderBuildkit } from './programs.ts'
import { changeTemplate, createRepository, type Fleet, render } from './repository.ts'

export interface RepositoryResult {
  /** All packages, one after the other. */
  readonly renderSeconds: number
  readonly checkSeconds: number
  /** One package after a change of one template, which rolls a tenth of its builders. */
  readonly changed: Change
  /** All packages after the same change. */
  readonly rolled: Change
}

export interface Change {
  readonly renderSeconds: number
  readonly checkSeconds: number
  /** `git diff` of the result against the last commit. */
  readonly diffSeconds: number
  readonly diffLines: number
  readonly pushedBytes: number
}

/** What a CI job pays for a fleet whose packages are in one repository. */
export async function measureRepository(folder: string, fleet: Fleet): Promise<RepositoryResult> {
  const { packages } = createRepository(folder, fleet)
  const renderSeconds = seconds(() => packages.forEach(render))
  const checkSeconds = seconds(() => packages.forEach(check))
  commit(folder)
  const changed = measureChange(folder, packages.slice(0, 1))
  const rolled = measureChange(folder, packages.slice(1))
  return { renderSeconds, checkSeconds, changed, rolled }
}

function measureChange(folder: string, packages: readonly string[]): Change {
  packages.forEach(changeTemplate)
  const renderSeconds = seconds(() => packages.forEach(render))
  const checkSeconds = seconds(() => packages.forEach(check))
  let diff = ''
  const diffSeconds = seconds(() => {
    diff = git(folder, 'diff', '--unified=0')
  })
  commit(folder)
  const diffLines = diff.split('\n').filter((line) => /^[+-](?![+-])/.test(line)).length
  return { renderSeconds, checkSeconds, diffSeconds, diffLines, pushedBytes: pushedBytes(folder) }
}

function check(path: string): void {
  renderBuildkit('check', path)
}

function commit(folder: string): void {
  git(folder, 'add', '--all')
  git(folder, 'commit', '--quiet', '--message', 'Render')
}

function seconds(act: () => void): number {
  const start = performance.now()
  act()
  return (performance.now() - start) / 1000
}
