import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import process from 'node:process'
import { after } from 'node:test'

export const ROOT = join(import.meta.dirname, '../..')
export const folder = mkdtempSync(join(tmpdir(), 'review-'))
after(() => rmSync(folder, { recursive: true }))
symlinkSync(join(ROOT, 'dist/render-buildkit.cjs'), join(folder, 'render-buildkit'))

/** A checkout of a pull request as actions/checkout makes it with `fetch-depth: 2`: HEAD^1 is the target branch. */
export function pullRequest(): string {
  const repository = mkdtempSync(join(folder, 'repository-'))
  const git = (...args: readonly string[]) => execFileSync('git', ['-C', repository, ...args], { encoding: 'utf8' })
  const commit = (image: string) => {
    const manifests = [
      { kind: 'BuildkitTemplate', metadata: { name: 'small', namespace: 'ci' }, spec: { image } },
      { kind: 'Buildkit', metadata: { name: 'shop', namespace: 'ci' }, spec: { template: 'small' } },
    ].map((object) => JSON.stringify({ apiVersion: 'buildkit.seatgeek.io/v1alpha1', ...object }))
    writeFileSync(join(repository, 'builders.yaml'), manifests.join('\n---\n'))
    git('add', '.')
    git('-c', 'user.name=a', '-c', 'user.email=a@example.com', 'commit', '--quiet', '--message', image)
  }
  git('init', '--quiet')
  commit('moby/buildkit:v0.33.0')
  commit('moby/buildkit:v0.34.2')
  return repository
}

/** Where a job finds programs: render-buildkit, this Node.js, and what the machine has. */
export const path = [folder, join(process.execPath, '..'), process.env.PATH].join(delimiter)
