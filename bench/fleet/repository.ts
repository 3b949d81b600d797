import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { stringify } from 'yaml'
import { packageOf } from '../package/package-of.ts'
import { git, renderBuildkit } from './programs.ts'

export interface Fleet {
  readonly clusters: number
  /** Of each cluster. */
  readonly builders: number
}

/** A Git repository with a package for each cluster: its builders and ten templates in one file, which rendering completes. */
export interface Repository {
  readonly folder: string
  readonly packages: readonly string[]
}

export function createRepository(folder: string, { clusters, builders }: Fleet): Repository {
  git(folder, 'init', '--quiet')
  const packages = Array.from({ length: clusters }, (_, at) => join(folder, `cluster-${String(at).padStart(2, '0')}`))
  const { templates, buildkits } = packageOf(builders)
  const text = [...templates, ...buildkits].map((object) => stringify(object)).join('---\n')
  packages.forEach((path, at) => {
    mkdirSync(path)
    // No two clusters have the same file, which Git would send once.
    writeFileSync(fileOf(path), text.replaceAll('namespace: ci\n', `namespace: ci-${at}\n`))
  })
  return { folder, packages }
}

/** Renders a package in place, as a job does that commits the result. */
export function render(path: string): void {
  writeFileSync(fileOf(path), renderBuildkit('build', path))
}

/** Gives one of the ten templates more cache: a tenth of the builders roll. */
export function changeTemplate(path: string): void {
  const text = readFileSync(fileOf(path), 'utf8')
  const changed = text.replace('maxUsedSpace = "80GB"', 'maxUsedSpace = "120GB"')
  if (changed === text) throw new Error(`must find a limit of 80GB in ${fileOf(path)}`)
  writeFileSync(fileOf(path), changed)
}

function fileOf(path: string): string {
  return join(path, 'builders.yaml')
}
