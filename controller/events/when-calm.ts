/** Something that is done as soon as nobody has asked for it for a while, however often they ask. */
export interface WhenCalm {
  readonly ask: () => void
  /** Does it now, and no more. */
  readonly now: () => void
}

interface Pace {
  readonly calmMilliseconds: number
  /** After the first who asked it is done in any case. */
  readonly longestMilliseconds: number
}

export function whenCalm(act: () => void, { calmMilliseconds, longestMilliseconds }: Pace): WhenCalm {
  let timer: NodeJS.Timeout | undefined
  let askedAt: number | undefined
  const now = () => {
    clearTimeout(timer)
    askedAt = undefined
    act()
  }
  return {
    now,
    ask: () => {
      const moment = performance.now()
      askedAt ??= moment
      clearTimeout(timer)
      timer = setTimeout(now, Math.min(calmMilliseconds, Math.max(0, askedAt + longestMilliseconds - moment)))
    },
  }
}
