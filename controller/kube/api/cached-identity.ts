import type { Access, Identity } from './access.ts'

/** As client-go: a projected token is replaced when a fifth of its lifetime remains, at least two minutes. */
const FRESH_MILLISECONDS = 60_000

/**
 * The identity from `read`, read again after a minute or after a refusal. If that fails, the last identity stays in use, unless the
 * server has refused it. The argument of `read` is whether there was a refusal: its own cache is then invalid.
 */
export function cachedIdentity(read: (isRefused: boolean) => Promise<Identity>): Pick<Access, 'identity' | 'forget'> {
  let cached: { readonly identity: Identity; readonly readAt: number } | undefined
  let reading: Promise<Identity> | undefined
  let isRefused = false

  async function readNow(): Promise<Identity> {
    const identity = await read(isRefused)
    isRefused = false
    cached = { identity, readAt: performance.now() }
    return identity
  }

  return {
    identity: async () => {
      if (cached !== undefined && performance.now() - cached.readAt < FRESH_MILLISECONDS) return cached.identity
      // Concurrent calls share one read: it may run a program that asks the user.
      reading ??= readNow().finally(() => {
        reading = undefined
      })
      try {
        return await reading
      } catch (error) {
        if (cached === undefined) throw error
        return cached.identity
      }
    },
    // Several calls may report the same refusal; they must not discard the next identity.
    forget: (refused) => {
      if (cached?.identity !== refused) return
      cached = undefined
      isRefused = true
    },
  }
}
