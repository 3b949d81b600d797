import { lstatSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { address, commit, required } from './variables.mjs'

/** GitHub refuses a comment of more characters, which UTF-8 writes in at most four bytes each. */
const BYTES_MAX = 4 * 65_536

/** What the comment begins with: a comment in HTML, which no name of a package can end. */
export function markOf(env) {
  return `<!-- render-buildkit diff: ${encoded(packageOf(env))} -->`
}

/** The rest of the comment. Its first line says what it is about; forges make a link of the hash of a commit. */
export function textOf(env) {
  const { REPORT, FAILED_JOB, COMMIT } = env
  const name = code(packageOf(env))
  const hash = COMMIT ? commit('COMMIT', COMMIT).slice(0, HASH) : ''
  if (!FAILED_JOB) return `Builders in ${name}${hash && `, commit ${hash}`}:\n\n${reportIn(required('REPORT', REPORT))}`
  const job = address('FAILED_JOB', FAILED_JOB)
  return `${name} could not be compared in commit ${required('COMMIT', hash)}: see [the job](${job}).\n`
}

/** So many characters of a hash are shown. */
const HASH = 7

function packageOf({ PACKAGE, REPORT }) {
  return PACKAGE || packageIn(required('PACKAGE', REPORT))
}

/** A name as a span that means nothing to Markdown, on one line; that of a fork may have any characters. */
function code(name) {
  const line = name.replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, ' ')
  const fence = '`'.repeat(Math.max(0, ...[...line.matchAll(/`+/g)].map(([ticks]) => ticks.length)) + 1)
  return line.includes('`') ? `${fence} ${line} ${fence}` : `${fence}${line}${fence}`
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
