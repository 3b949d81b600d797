import { Refused, request } from './request.mjs'
import { address, number, required } from './variables.mjs'

const PER_PAGE = 100
/** GitHub signs the comments of every job with this name, which no user can have. */
const JOB = 'github-actions[bot]'

/** The comments on the pull request of GitHub, or the merge request of GitLab, that the variables of a job name. */
export function forgeOf(env) {
  return env.GITHUB_API_URL ? gitHub(env) : gitLab(env)
}

function gitHub(env) {
  const api = address('GITHUB_API_URL', env.GITHUB_API_URL)
  const repository = `${api}/repos/${required('GITHUB_REPOSITORY', env.GITHUB_REPOSITORY)}`
  const headers = { authorization: `Bearer ${tokenOf(env)}`, accept: 'application/vnd.github+json' }
  return forge({
    comments: `${repository}/issues/${number('PULL_REQUEST', env.PULL_REQUEST)}/comments`,
    own: `${repository}/issues/comments`,
    update: 'PATCH',
    headers,
    // The token of a job is not a user, and may not ask who it is.
    author: async () => {
      try {
        return await userOf(api, headers)
      } catch (error) {
        if (error.status === 403) return { login: env.AUTHOR || JOB }
        throw error
      }
    },
    hint: '; a job needs the permission `pull-requests: write`, and the job of a fork never has it, see docs/engines/ci.md',
  })
}

function gitLab(env) {
  const api = address('CI_API_V4_URL', env.CI_API_V4_URL)
  const project = `${api}/projects/${number('CI_PROJECT_ID', env.CI_PROJECT_ID)}`
  const comments = `${project}/merge_requests/${number('CI_MERGE_REQUEST_IID', env.CI_MERGE_REQUEST_IID)}/notes`
  const headers = { 'private-token': tokenOf(env) }
  const author = () => userOf(api, headers)
  return forge({ comments, own: comments, update: 'PUT', headers, author, hint: '; it needs the scope `api`' })
}

function forge({ comments, own, update, headers, author, hint }) {
  const call = (method, url, body) => request(method, url, { headers, body }).catch((error) => explained(error, hint))
  const list = async (page) => {
    const found = await call('GET', `${comments}?per_page=${PER_PAGE}&page=${page}`)
    if (!Array.isArray(found)) throw new Error(`GET ${new URL(comments).pathname} must answer with a list`)
    return { found, isLast: found.length < PER_PAGE }
  }
  return {
    /** The comment that begins with `mark` and has the account of the token as its author; anybody can write such a mark. */
    find: async (mark) => {
      const [[key, value]] = Object.entries(await author().catch((error) => explained(error, hint)))
      for (let page = 1; ; page++) {
        const { found, isLast } = await list(page)
        const comment = found.find(
          (one) => (one?.user ?? one?.author)?.[key] === value && String(one.body).startsWith(mark),
        )
        if (comment || isLast) return comment
      }
    },
    create: (body) => call('POST', comments, { body }),
    update: ({ id }, body) => call(update, `${own}/${id}`, { body }),
  }
}

async function userOf(api, headers) {
  const url = `${api}/user`
  const user = await request('GET', url, { headers })
  if (!Number.isInteger(user?.id))
    throw new Error(`GET ${new URL(url).pathname} must answer with a user that has an id`)
  return { id: user.id }
}

function explained(error, hint) {
  throw error instanceof Refused ? new Refused(error.message + hint, error.status) : error
}

/** A token that fetch cannot send would be in its error. */
function tokenOf({ TOKEN }) {
  const token = required('TOKEN', TOKEN?.trim())
  if (!/^[\x21-\x7e]+$/.test(token)) throw new Error('TOKEN must be printable ASCII characters without spaces')
  return token
}
