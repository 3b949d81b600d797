import type { Component } from './component.ts'

/** A package of Debian, from the fields that `dpkg-deb --field` prints of it. */
export function debianPackage(fields: string): Component {
  const [name, version, architecture] = ['Package', 'Version', 'Architecture'].map((field) => fieldOf(field, fields))
  if (!name || !version || !architecture) throw new Error(`must be the fields of a package of Debian, got: ${fields}`)
  return { name, version, purl: `pkg:deb/debian/${name}@${encodeURIComponent(version)}?arch=${architecture}` }
}

function fieldOf(field: string, fields: string): string | undefined {
  return new RegExp(`^${field}: (.+)$`, 'm').exec(fields)?.[1]
}
