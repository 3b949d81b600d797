const INT64 = 2n ** 63n

/** The number that a scheduler reads in a value beside "Gt" or "Lt" (Go's `strconv.ParseInt` of 64 bits), or undefined. */
export function wholeNumber(text = ''): bigint | undefined {
  if (!/^[+-]?\d{1,19}$/.test(text)) return undefined
  const number = BigInt(text.replace('+', ''))
  return number >= -INT64 && number < INT64 ? number : undefined
}
