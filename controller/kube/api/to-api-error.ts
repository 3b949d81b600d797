import type { IncomingMessage } from 'node:http'
import { ApiError, type StatusDetails } from './api-error.ts'
import { readAtMost } from './read-body.ts'

/** A `metav1.Status` is a few hundred bytes long, unless a webhook has written it. */
const BODY_BYTES_MAX = 1024 * 1024

interface Status {
  readonly apiVersion: 'v1'
  readonly kind: 'Status'
  readonly message?: string
  readonly reason?: string
  readonly details?: StatusDetails & { readonly retryAfterSeconds?: number }
}

/** An answer that is not a 2xx; `what` was asked, as `GET /api/v1/pods`. */
export async function toApiError(what: string, response: IncomingMessage): Promise<ApiError> {
  const { statusCode: code = 0, headers } = response
  const { text: body } = await readAtMost(response, BODY_BYTES_MAX)
  const status = toStatus(body)
  const { reason, details } = status ?? {}
  const message = status?.message ?? body.split('\n', 1)[0]
  return new ApiError(`${what}: ${[code, reason].filter(Boolean).join(' ')}: ${message}`, {
    code,
    reason,
    details,
    retryAfterSeconds: retryAfterSeconds(headers['retry-after'] ?? details?.retryAfterSeconds?.toString()),
    isStatus: status !== undefined,
  })
}

function toStatus(body: string): Status | undefined {
  if (!body.startsWith('{')) return undefined
  try {
    const object = JSON.parse(body)
    return object.kind === 'Status' && object.apiVersion === 'v1' ? object : undefined
  } catch {
    return undefined
  }
}

const SECONDS_MAX = 60

/** The seconds of a Retry-After header (RFC 9110, 10.2.3), at most 60; undefined where it says none. */
export function retryAfterSeconds(header: string | undefined): number | undefined {
  if (header === undefined) return undefined
  const seconds = /^\d+$/.test(header) ? Number(header) : (Date.parse(header) - Date.now()) / 1000
  return Number.isNaN(seconds) ? undefined : Math.min(Math.max(seconds, 0), SECONDS_MAX)
}
