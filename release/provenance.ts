import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Checksum, checksumsOf } from './checksums.ts'
import type { Release } from './release.ts'
import { SOURCE } from './source.ts'

/** Writes where the artifacts come from, as an in-toto statement. It is not signed: the workflow of releases attests the same. */
export async function makeProvenance(release: Release): Promise<void> {
  const statement = statementOf(release, await checksumsOf(release.folder))
  await writeFile(join(release.folder, 'provenance.intoto.json'), `${JSON.stringify(statement, null, 2)}\n`)
}

/** A statement (in-toto attestation v1) with the provenance of SLSA v1.0. */
function statementOf({ version, revision }: Release, checksums: readonly Checksum[]) {
  return {
    _type: 'https://in-toto.io/Statement/v1',
    subject: checksums.map(({ name, sha256 }) => ({ name, digest: { sha256 } })),
    predicateType: 'https://slsa.dev/provenance/v1',
    predicate: {
      buildDefinition: {
        buildType: `${SOURCE}/blob/v${version}/docs/releasing.md`,
        externalParameters: { version },
        resolvedDependencies: [{ uri: `git+${SOURCE}@refs/tags/v${version}`, digest: { gitCommit: revision } }],
      },
      runDetails: { builder: { id: `${SOURCE}/tree/v${version}/release` } },
    },
  }
}
