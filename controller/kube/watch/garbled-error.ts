/** What came is not what an API server sends. Nothing of it can be believed: only a new list says what there is. */
export class GarbledError extends Error {
  override readonly name = 'GarbledError'
}
