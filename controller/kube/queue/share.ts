/**
 * Whether a group that has `used` places of `all` may have one more, where `free` are left: at most three times as many as it leaves
 * free to others, and one in any case. One group alone gets three quarters; several that want all they can get leave some to the next.
 * After the dynamic thresholds by which switches share their buffer (Choudhury and Hahne, 1998).
 */
export function mayHaveOneMore({ used, free }: { readonly used: number; readonly free: number }): boolean {
  return free > 0 && (used === 0 || used + 1 <= 3 * (free - 1))
}

/** So many places that one group alone gets `count` of them. */
export function placesFor(count: number): number {
  return count + Math.ceil(count / 3)
}
