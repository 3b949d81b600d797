#!/usr/bin/env node
/**
 * Keeps one comment on a pull request of GitHub, or on a merge request of GitLab, that has a report: creates it, and replaces it the
 * next time. It only changes a comment that the same account has written. See docs/engines/ci.md.
 *
 *   REPORT        file with the report, in Markdown
 *   PACKAGE       what the report is about; each package has a comment of its own; by default REPORT's name has it, see report.mjs
 *   TOKEN         that may write comments; it is sent to the API only, and never printed
 *   COMMIT        the commit that the report is about
 *   FAILED_JOB    instead of REPORT, the address of a job that has made none; a comment that exists then has this address, and COMMIT
 *   GitHub        GITHUB_API_URL, GITHUB_REPOSITORY, PULL_REQUEST; AUTHOR, for a token of an app other than GitHub Actions, is the app's
 *                 account, for example `reviewer[bot]`
 *   GitLab        CI_API_V4_URL, CI_PROJECT_ID, CI_MERGE_REQUEST_IID
 *
 * The exit code is 3 if TOKEN may not comment.
 */
import process from 'node:process'
import { forgeOf } from './forge.mjs'
import { markOf, textOf } from './report.mjs'
import { persistently, Refused } from './request.mjs'

try {
  process.stdout.write(`${await keepComment(process.env)}\n`)
} catch (error) {
  process.stderr.write(`error: ${error.message}\n`)
  process.exitCode = error instanceof Refused ? 3 : 1
}

/** Returns what was done, in words. */
async function keepComment(env) {
  const mark = markOf(env)
  const body = `${mark}\n${textOf(env)}`
  const forge = forgeOf(env)
  return persistently(async () => {
    const own = await forge.find(mark)
    if (own?.body.trim() === body.trim()) return 'the comment is up to date'
    if (own) return forge.update(own, body).then(() => 'updated the comment')
    if (env.FAILED_JOB) return 'there is no comment to update'
    return forge.create(body).then(() => 'created a comment')
  })
}
