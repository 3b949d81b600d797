import { createHash } from 'node:crypto'

/** The digest by which registries and layouts know content (image-spec, descriptor.md): `sha256:…`. */
export function digestOf(content: Buffer): string {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`
}
