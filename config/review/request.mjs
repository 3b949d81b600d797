import { setTimeout } from 'node:timers/promises'

const TRIES = 3
const TIMEOUT = 30_000
const LONGEST_WAIT = 60

/** What the account may not do. */
export class Refused extends Error {
  constructor(message, status) {
    super(message)
    this.status = status
  }
}

/** Something that may succeed when it is tried again, after this many seconds if the API says so. */
class Passing extends Error {
  constructor(message, seconds) {
    super(message)
    this.seconds = seconds
  }
}

/** Does `work` until it succeeds. It begins anew each time: the request that seems to have failed may have created a comment. */
export async function persistently(work) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      const seconds = error.seconds ?? attempt
      if (!(error instanceof Passing) || attempt === TRIES || seconds > LONGEST_WAIT) throw error
      await setTimeout(seconds * 1000)
    }
  }
}

/** What the API answers, read as JSON. Errors name the request, never the token. */
export async function request(method, url, { headers, body }) {
  const what = `${method} ${new URL(url).pathname}`
  const response = await fetch(url, {
    method,
    headers: { ...headers, ...(body && { 'content-type': 'application/json' }) },
    body: body && JSON.stringify(body),
    // A token must not follow to another address.
    redirect: 'manual',
    signal: AbortSignal.timeout(TIMEOUT),
  }).catch((error) => failed(what, error))
  if (!response.ok) throw errorOf(what, response)
  const text = await response.text().catch((error) => failed(what, error))
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new Error(`${what} must answer with JSON, got "${response.headers.get('content-type') ?? ''}"`, { cause })
  }
}

/** The text of an error of fetch may quote a header. */
function failed(what, error) {
  throw new Passing(`${what} must get an answer, got ${error.cause?.code ?? error.name}`)
}

function errorOf(what, { status, headers }) {
  const seconds = /^\d+$/.test(headers.get('retry-after') ?? '') ? Number(headers.get('retry-after')) : undefined
  if (status >= 300 && status < 400) return new Error(`${what} must answer without a redirect, got ${status}`)
  if (status === 401) return new Error(`TOKEN must be valid, got 401 for ${what}`)
  if (status === 429 || (status === 403 && seconds !== undefined))
    return new Passing(`${what} must be within the rate limit, got ${status}`, seconds)
  if (status === 403 && headers.get('x-ratelimit-remaining') === '0')
    return new Error(`${what} must be within the rate limit, got 403`)
  if (status === 403 || status === 404) return new Refused(`TOKEN must be allowed to ${what}, got ${status}`, status)
  const message = `${what} must succeed, got ${status}`
  return status >= 500 ? new Passing(message, seconds) : new Error(message)
}
