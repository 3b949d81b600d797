const FIRST_BACK_OFF_MILLISECONDS = 10_000
export const LONGEST_BACK_OFF_MILLISECONDS = 300_000
/** From this count on, nothing but a person is expected to help. */
export const STALLED_FROM = 5

/** The delay before a Pod that has ended for the `count`th time is deleted, so that its engine can create it again. */
export function backOffMilliseconds(count: number): number {
  return count < STALLED_FROM ? FIRST_BACK_OFF_MILLISECONDS * 2 ** (count - 1) : LONGEST_BACK_OFF_MILLISECONDS
}
