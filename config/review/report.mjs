import { lstatSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { address, commit, required } from './variables.mjs'

/** GitHub refuses a comment of more characters, which UTF-8 writes in at most four bytes each. */
const BYTES_MAX = 4 * 65_536

/** What the comment begins with: a comment in HTML, which no name of a package can end. */
export function markOf({ PACKAGE, REPORT }) {
  return `<!-- render-buildkit diff: ${encoded(PACKAGE || packageIn(required('PACKAGE', REPORT)))} -->`
}

/** The rest of the comment. */
export function textOf({ REPORT, FAILED_JOB, COMMIT }) {
  if (!FAILED_JOB) return reportIn(required('REPORT', REPORT))
  const job = address('FAILED_JOB', FAILED_JOB)
  return `The package could not be compared in commit ${commit('COMMIT', COMMIT)}: see [the job](${job}).\n`
}

/** The report may come from a fork: a link could lead to any file of this machine. */
function reportIn(file) {
  const state = lstatSync(file, { throwIfNoEntry: false })
  if (!state) throw new Error('REPORT must be a file that exists')
  if (!state.isFile()) throw new Error('REPORT must be a regular file')
  if (state.size > BYTES_MAX) throw new Error(`REPORT must be at most ${BYTES_MAX} bytes, got ${state.size}`)
  const report = readFileSync(file, 'utf8')
  if (report.trim() === '') throw new Error('REPORT must have a report, got an empty file')
  return report
}

/** The name of a report's file, for a package. It has only characters that the name of a file in an artifact may have. */
export function fileNameOf(name) {
  return `render-buildkit-diff-${encoded(name)}.md`
}

function packageIn(file) {
  const [, name] = /^render-buildkit-diff-(.+)\.md$/.exec(basename(file)) ?? []
  try {
    return decodeURIComponent(required('PACKAGE', name))
  } catch (cause) {
    throw new Error('PACKAGE must be set, or be in the name of REPORT as in render-buildkit-diff-PACKAGE.md', { cause })
  }
}

function encoded(name) {
  return encodeURIComponent(name).replaceAll('-', '%2D').replaceAll('*', '%2A')
}
