import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import otherPins from './executables/node-binaries.json' with { type: 'json' }
import pins from './node-binaries.json' with { type: 'json' }
import type { Release } from './release.ts'
import { bundledPackages } from './sbom/bundled-packages.ts'
import type { Component } from './sbom/component.ts'
import { cycloneDx, spdx } from './sbom/formats.ts'

/** Writes bills of materials: what is in the bundles, and what images contain beside them. */
export async function makeSboms({ version, epoch, folder }: Release, debian: readonly Component[]): Promise<void> {
  const node = [...new Set(Object.values({ ...pins, ...otherPins }).map((pin) => pin.version))].sort().map(nodeJs)
  const bill = {
    product: { name: 'buildkit-gitops', version, purl: `pkg:npm/buildkit-gitops@${version}`, license: 'Apache-2.0' },
    components: [...(await bundledPackages()), ...node, ...debian],
    time: new Date(epoch * 1000).toISOString().replace('.000Z', 'Z'),
  }
  for (const [format, document] of Object.entries({ cdx: cycloneDx(bill), spdx: spdx(bill) }))
    await writeFile(join(folder, `buildkit-gitops-${version}.${format}.json`), `${JSON.stringify(document, null, 2)}\n`)
}

function nodeJs(version: string): Component {
  return { name: 'node', version, purl: `pkg:generic/node@${version}`, license: 'MIT' }
}
