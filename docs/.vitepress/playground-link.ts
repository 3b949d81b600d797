import { deflateRawSync } from 'node:zlib'
import { BYTES_MAX } from '../playground/fragment.ts'
import { completed } from './complete-example.ts'

/**
 * Where the playground shows manifests, from the root of the site; undefined where they are too large for a link. The playground reads
 * the fragment, and no server gets it.
 */
export function playgroundLink(yaml: string): string | undefined {
  const manifests = Buffer.from(completed(yaml))
  return manifests.length > BYTES_MAX ? undefined : `playground/#m=${deflateRawSync(manifests).toString('base64url')}`
}
