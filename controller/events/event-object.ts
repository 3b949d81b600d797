import { randomBytes } from 'node:crypto'
import { microTimeOf } from '../kube/lease/lease-record.ts'
import type { RecordedEvent } from './recorded-event.ts'

// Limits of the API, in bytes (`ValidateEventCreate` in k8s.io/kubernetes/pkg/apis/core/validation/events.go).
const NOTE_BYTES_MAX = 1024
const INSTANCE_BYTES_MAX = 128
/** Leaves a name of 253 room for the time and what makes it unique. */
const NAME_PREFIX_MAX = 230

/** The Event of `events.k8s.io/v1` that says so at `now` (milliseconds since 1970). */
export function eventObject({ regarding, type, reason, note, action }: RecordedEvent, instance: string, now: number) {
  // A label of a name must end in a letter or digit.
  const prefix = regarding.name.slice(0, NAME_PREFIX_MAX).replace(/[-.]+$/, '')
  const name = `${prefix}.${now.toString(16)}${randomBytes(4).toString('hex')}`
  return {
    apiVersion: 'events.k8s.io/v1',
    kind: 'Event',
    metadata: { name, namespace: regarding.namespace },
    eventTime: microTimeOf(new Date(now)),
    reportingController: 'buildkit-controller',
    reportingInstance: instance.slice(0, INSTANCE_BYTES_MAX),
    type,
    reason,
    note: cut(note),
    action,
    regarding,
  }
}

function cut(note: string): string {
  const bytes = Buffer.from(note)
  if (bytes.length <= NOTE_BYTES_MAX) return note
  const ellipsis = '…'
  const room = bytes.subarray(0, NOTE_BYTES_MAX - Buffer.byteLength(ellipsis))
  // With `stream`, what is left of a character at the end is no character.
  return `${new TextDecoder().decode(room, { stream: true })}${ellipsis}`
}
