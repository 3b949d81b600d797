import type { ApiCall } from './api-call.ts'

interface Preconditions {
  readonly metadata?: { readonly resourceVersion?: unknown }
  readonly preconditions?: { readonly uid?: unknown; readonly resourceVersion?: unknown }
}

/** Whether a call that may have been carried out can be sent again: the second time it finds nothing to do, or a conflict. */
export function isReplayable({ method, body }: Pick<ApiCall, 'method' | 'body'>): boolean {
  const { metadata, preconditions } = (body ?? {}) as Preconditions
  switch (method) {
    case 'GET':
      return true
    case 'PUT':
    case 'PATCH':
      return metadata?.resourceVersion !== undefined
    case 'DELETE':
      return preconditions?.uid !== undefined || preconditions?.resourceVersion !== undefined
    case 'POST':
      return false
  }
}
