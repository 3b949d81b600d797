/** What an Event speaks of. */
export interface Regarding {
  readonly apiVersion: string
  readonly kind: string
  readonly namespace: string
  readonly name: string
  readonly uid: string
}

export interface RecordedEvent {
  readonly regarding: Regarding
  readonly type: 'Normal' | 'Warning'
  /** One CamelCase word. */
  readonly reason: string
  readonly note: string
  /** What the controller did, in one CamelCase word. */
  readonly action: string
}
