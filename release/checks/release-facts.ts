import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { REPOSITORY, run } from '../run.ts'
import { movedNames } from './moved-names.ts'

/** What decides whether a version can be released from this checkout. */
export interface ReleaseFacts {
  /** The version that was asked for. */
  readonly asked: string
  readonly packageVersion: string
  readonly chart: { readonly version: string; readonly appVersion: string }
  /** Files that differ from the commit, or that it does not have. */
  readonly changedFiles: readonly string[]
  /** Tags of this commit. */
  readonly tags: readonly string[]
  /** The section of CHANGELOG.md about the version; undefined if there is none. */
  readonly changes: string | undefined
  /** Fragments of `.changes/unreleased` that no section has taken up. */
  readonly unreleased: readonly string[]
  /** Names of Pods that the last release gave to its examples, and that this version does not. */
  readonly movedNames: readonly string[]
}

/** Reads the facts of this checkout, whose `dist/` must be built. */
export async function releaseFacts(asked: string): Promise<ReleaseFacts> {
  const [changed, tags] = await Promise.all([
    run('git', ['status', '--porcelain']),
    run('git', ['tag', '--points-at', 'HEAD']),
  ])
  return {
    asked,
    packageVersion: JSON.parse(read('package.json')).version,
    chart: parse(read('charts/buildkit-controller/Chart.yaml')),
    changedFiles: linesOf(changed).map((line) => line.slice(3)),
    tags: linesOf(tags),
    changes: sectionOf(read('CHANGELOG.md'), asked),
    unreleased: globSync('.changes/unreleased/*.yaml', { cwd: REPOSITORY }).sort(),
    movedNames: await movedNames(),
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

function linesOf(text: string): readonly string[] {
  return text.split('\n').filter((line) => line !== '')
}
