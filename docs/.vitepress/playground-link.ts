import { deflateRawSync } from 'node:zlib'
import { BYTES_MAX, FINDINGS } from '../playground/fragment.ts'
import { completed } from './complete-example.ts'

/**
 * Where the playground shows what it finds in manifests, from the root of the site; undefined where they are too large for a link. The playground reads
 * the fragment, and no server gets it.
 */
export function playgroundLink(yaml: string): string | undefined {
  const manifests = Buffer.from(completed(yaml))
  if (manifests.length > BYTES_MAX) return undefined
  return `playground/#m=${deflateRawSync(manifests).toString('base64url')}${FINDINGS}`
}
