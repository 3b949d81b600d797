import { createHash } from 'node:crypto'
import { SOURCE } from '../source.ts'
import type { Component } from './component.ts'

/** What a bill of materials is about. */
export interface Bill {
  readonly product: Component
  readonly components: readonly Component[]
  /** ISO 8601; of the commit, so that the same input makes the same bytes. */
  readonly time: string
}

/** A bill of materials as CycloneDX 1.6 (https://cyclonedx.org/docs/1.6/json). */
export function cycloneDx({ product, components, time }: Bill) {
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    serialNumber: `urn:uuid:${uuidOf([product, components])}`,
    version: 1,
    metadata: { timestamp: time, component: { type: 'application', ...cycloneDxComponent(product) } },
    components: components.map((component) => ({ type: 'library', ...cycloneDxComponent(component) })),
  }
}

function cycloneDxComponent({ name, version, purl, license }: Component) {
  const licenses = license === undefined ? {} : { licenses: [{ expression: license }] }
  return { 'bom-ref': purl, name, version, purl, ...licenses }
}

/** The same as SPDX 2.3 (https://spdx.github.io/spdx-spec/v2.3). */
export function spdx({ product, components, time }: Bill) {
  const relationship = (relationshipType: string, spdxElementId: string, relatedSpdxElement: string) => ({
    spdxElementId,
    relationshipType,
    relatedSpdxElement,
  })
  return {
    spdxVersion: 'SPDX-2.3',
    dataLicense: 'CC0-1.0',
    SPDXID: 'SPDXRef-DOCUMENT',
    name: `${product.name}-${product.version}`,
    documentNamespace: `${SOURCE}/sbom/${uuidOf([product, components])}`,
    creationInfo: { created: time, creators: ['Organization: buildkit-gitops'] },
    packages: [product, ...components].map(spdxPackage),
    relationships: [
      relationship('DESCRIBES', 'SPDXRef-DOCUMENT', spdxId(product)),
      ...components.map((component) => relationship('CONTAINS', spdxId(product), spdxId(component))),
    ],
  }
}

function spdxPackage(component: Component) {
  return {
    name: component.name,
    SPDXID: spdxId(component),
    versionInfo: component.version,
    downloadLocation: 'NOASSERTION',
    filesAnalyzed: false,
    licenseConcluded: 'NOASSERTION',
    licenseDeclared: component.license ?? 'NOASSERTION',
    copyrightText: 'NOASSERTION',
    externalRefs: [{ referenceCategory: 'PACKAGE-MANAGER', referenceType: 'purl', referenceLocator: component.purl }],
  }
}

function spdxId({ purl }: Component): string {
  return `SPDXRef-${purl.replaceAll(/[^A-Za-z0-9.]+/g, '-')}`
}

/** A UUID that depends on content and nothing else (version 8 of RFC 9562). */
function uuidOf(content: unknown): string {
  const hex = createHash('sha256').update(JSON.stringify(content)).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
