/** The value of a variable that must not be empty. */
export function required(name, value) {
  if (!value) throw new Error(`${name} must be set`)
  return value
}

/** The digits of a number. */
export function number(name, value) {
  return matching(name, value, { pattern: /^\d+$/, what: 'a number' })
}

/** An address that Markdown can have between parentheses, without a slash at its end. */
export function address(name, value) {
  return matching(name, value, { pattern: /^https?:\/\/[^\s()<>]+$/, what: 'an address' }).replace(/\/+$/, '')
}

/** The hash of a commit. */
export function commit(name, value) {
  return matching(name, value, { pattern: /^[0-9a-f]{7,64}$/, what: 'the hash of a commit' })
}

function matching(name, value, { pattern, what }) {
  if (!pattern.test(required(name, value))) throw new Error(`${name} must be ${what}, got ${JSON.stringify(value)}`)
  return value
}
