#!/usr/bin/env node
/**
 * Keeps one comment on a pull request of GitHub, or on a merge request of GitLab, that has a report: creates it, and replaces it the
 * next time. It only changes a comment that the same account has written. See docs/engines/ci.md.
 *
 *   REPORT        file with the report, in Markdown
 *   PACKAGE       what the report is about; each package has a comment of its own
 *   TOKEN         that may write comments; it is sent to the API only, and never printed
 *   GitHub        GITHUB_API_URL, GITHUB_REPOSITORY, PULL_REQUEST
 *   GitLab        CI_API_V4_URL, CI_PROJECT_ID, CI_MERGE_REQUEST_IID
 */
import { readFileSync } from 'node:fs'
import process from 'node:process'
import { setTimeout } from 'node:timers/promises'

const PER_PAGE = 100
const TRIES = 3
const TIMEOUT = 30_000
const FORBIDDEN = new Set([401, 403, 404])

/** What the account may not do. The exit code is 3, so that a job of a fork can go on. */
class Refused extends Error {}

try {
  process.stdout.write(`${await keepComment(forgeOf(process.env), process.env)}\n`)
} catch (error) {
  process.stderr.write(`error: ${error.message}\n`)
  process.exitCode = error instanceof Refused ? 3 : 1
}

/** Returns what was done, in words. */
async function keepComment(api, { REPORT, PACKAGE }) {
  const mark = markOf(required('PACKAGE', PACKAGE))
  const body = `${mark}\n${readFileSync(required('REPORT', REPORT), 'utf8')}`
  const isOwn = await api.ownership()
  for (let page = 1; ; page++) {
    const comments = await api.list(page)
    const own = comments.find((comment) => isOwn(comment) && comment.body.startsWith(mark))
    if (own?.body.trim() === body.trim()) return 'the comment is up to date'
    if (own) return api.update(own.id, body).then(() => 'updated the comment')
    if (comments.length < PER_PAGE) return api.create(body).then(() => 'created a comment')
  }
}

/** A comment in HTML, which no name of a package can end. */
function markOf(name) {
  return `<!-- render-buildkit diff: ${encodeURIComponent(name).replaceAll('-', '%2D')} -->`
}

function forgeOf(env) {
  const token = required('TOKEN', env.TOKEN)
  if (env.GITHUB_API_URL) {
    const repository = `${env.GITHUB_API_URL}/repos/${required('GITHUB_REPOSITORY', env.GITHUB_REPOSITORY)}`
    const comments = `${repository}/issues/${number('PULL_REQUEST', env.PULL_REQUEST)}/comments`
    const headers = { authorization: `Bearer ${token}`, accept: 'application/vnd.github+json' }
    return apiOf({
      comments,
      own: `${repository}/issues/comments`,
      user: `${env.GITHUB_API_URL}/user`,
      headers,
      update: 'PATCH',
    })
  }
  const project = `${required('CI_API_V4_URL', env.CI_API_V4_URL)}/projects/${number('CI_PROJECT_ID', env.CI_PROJECT_ID)}`
  const comments = `${project}/merge_requests/${number('CI_MERGE_REQUEST_IID', env.CI_MERGE_REQUEST_IID)}/notes`
  const headers = { 'private-token': token }
  return apiOf({ comments, own: comments, user: `${env.CI_API_V4_URL}/user`, headers, update: 'PUT' })
}

function apiOf({ comments, own, user, headers, update }) {
  const call = (method, url, body) => request(method, url, { headers, body })
  return {
    list: (page) => call('GET', `${comments}?per_page=${PER_PAGE}&page=${page}`),
    create: (body) => call('POST', comments, { body }),
    update: (id, body) => call(update, `${own}/${id}`, { body }),
    // The token of a GitHub job is not a user: its comments are those of a bot.
    ownership: async () => {
      const { id } = await call('GET', user).catch(() => ({}))
      return (comment) => {
        const author = comment.user ?? comment.author
        return id === undefined ? author?.type === 'Bot' : author?.id === id
      }
    },
  }
}

async function request(method, url, { headers, body }) {
  for (let attempt = 1; ; attempt++) {
    const response = await fetch(url, {
      method,
      headers: { ...headers, ...(body && { 'content-type': 'application/json' }) },
      body: body && JSON.stringify(body),
      // A token must not follow to another address.
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT),
    })
    if (response.ok) return response.json()
    const path = new URL(url).pathname
    if (FORBIDDEN.has(response.status))
      throw new Refused(
        `TOKEN must be allowed to ${method} ${path}, got ${response.status}; a job of a fork is not, see docs/engines/ci.md`,
      )
    if (attempt === TRIES) throw new Error(`${method} ${path} must succeed, got ${response.status}`)
    await setTimeout(attempt * 1000)
  }
}

function required(name, value) {
  if (!value) throw new Error(`${name} must be set`)
  return value
}

function number(name, value) {
  if (!/^\d+$/.test(required(name, value))) throw new Error(`${name} must be a number, got "${value}"`)
  return value
}
