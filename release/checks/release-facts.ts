import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { REPOSITORY, run } from '../run.ts'
import { denials } from './denials.ts'
import { hiddenFiles, missingTags, requireWholeHistory } from './history.ts'
import { movedNames } from './moved-names.ts'

/** What decides whether a version can be released from this checkout. */
export interface ReleaseFacts {
  /** The version that was asked for. */
  readonly asked: string
  readonly revision: string
  readonly packageVersion: string
  readonly chart: { readonly version: string; readonly appVersion: string }
  /** Files that differ from the commit, or that it does not have. */
  readonly changedFiles: readonly string[]
  /** Files that Git does not compare with the commit, because somebody has set a bit. */
  readonly hiddenFiles: readonly string[]
  /** Tags of this commit. */
  readonly tags: readonly string[]
  /** The commit that has the tag of the version; undefined if there is no tag. */
  readonly commitOfTag: string | undefined
  /** Tags of earlier versions that the clone lacks. */
  readonly missingTags: readonly string[]
  /** The section of CHANGELOG.md about the version; undefined if there is none. */
  readonly changes: string | undefined
  /** The same text in .changes, from which the release on GitHub takes it. */
  readonly notes: string | undefined
  /** Fragments of `.changes/unreleased` that no section has taken up. */
  readonly unreleased: readonly string[]
  /** Names of Pods that the last release gave to its examples, and that this version does not. */
  readonly movedNames: readonly string[]
  /** Files that say that nothing is published yet. */
  readonly denials: readonly string[]
}

/** Reads the facts of this checkout, whose `dist/` must be built. */
export async function releaseFacts(asked: string): Promise<ReleaseFacts> {
  await requireWholeHistory()
  const notes = `.changes/v${asked}.md`
  return {
    asked,
    revision: await commitOf('HEAD'),
    packageVersion: JSON.parse(read('package.json')).version,
    chart: parse(read('charts/buildkit-controller/Chart.yaml')),
    changedFiles: (await lines('status', '--porcelain', '--untracked-files=all')).map((line) => line.slice(3)),
    hiddenFiles: await hiddenFiles(),
    tags: await lines('tag', '--points-at', 'HEAD'),
    commitOfTag: await commitOf(`refs/tags/v${asked}`).catch(() => undefined),
    missingTags: await missingTags(asked),
    changes: sectionOf(read('CHANGELOG.md'), asked),
    notes: existsSync(join(REPOSITORY, notes)) ? sectionOf(read(notes), asked) : undefined,
    unreleased: readdirSync(join(REPOSITORY, '.changes/unreleased')).filter((name) => name !== '.gitkeep'),
    movedNames: await movedNames(),
    denials: await denials(),
  }
}

/** The text of a version in a changelog, from its heading to the next one. */
function sectionOf(changelog: string, version: string): string | undefined {
  const [, ...sections] = changelog.split(/^## /m)
  const section = sections.find((text) => text.split(/\s/, 1)[0] === `v${version}`)
  return section?.slice(section.indexOf('\n') + 1).trim()
}

function read(path: string): string {
  return readFileSync(join(REPOSITORY, path), 'utf8')
}

async function commitOf(name: string): Promise<string> {
  return (await run('git', ['rev-parse', '--verify', '--quiet', `${name}^{commit}`])).trim()
}

async function lines(...args: readonly string[]): Promise<readonly string[]> {
  return (await run('git', args)).split('\n').filter((line) => line !== '')
}
