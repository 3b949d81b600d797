import type { Access, Identity } from './access.ts'

/** As client-go: a projected token is replaced when a fifth of its life is left, which is never less than two minutes. */
const FRESH_MILLISECONDS = 60_000

/**
 * The identity that `read` gives, read anew after a minute or after a refusal. While it cannot be read the last one stays
 * in use, unless the server has refused it. `read` learns whether there was a refusal: what it caches itself is then worthless.
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
      // Calls that start at the same time share one reading: it may run a program that asks the user.
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
    // Several calls learn at the same time that one identity is refused; the next one is not theirs to forget.
    forget: (refused) => {
      if (cached?.identity !== refused) return
      cached = undefined
      isRefused = true
    },
  }
}
