/** Why no API server is known, in one line for whoever started the program. */
export class AccessError extends Error {
  override readonly name = 'AccessError'
}
