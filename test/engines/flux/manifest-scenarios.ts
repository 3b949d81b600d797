import assert from 'node:assert/strict'
import { parse, parseAllDocuments } from 'yaml'
import { repositoryFiles } from '../../house/repository-files.ts'
import type { Scenarios } from './scenarios.ts'

/** What users copy. */
export const MANIFESTS: Scenarios = {
  "every manifest of examples/flux is valid for Flux's CRDs": async ({ cluster }) => {
    await cluster.request('POST', '/api/v1/namespaces', { metadata: { name: 'flux-system' } })
    const streams = [...streamsInExample()]
    assert.equal(streams.length, 2)
    for (const [path, input] of streams) {
      const { code, stderr } = await cluster.kubectl(DRY_RUN, { input })
      assert.deepEqual({ code, stderr }, { code: 0, stderr: '' }, path)
    }
  },

  'the Kustomization for a Git branch differs from the tested one in its source only': async () => {
    const [fromGit, fromOci] = [...streamsInExample().values()].map(kustomizationIn)
    const sourceRef = { kind: 'GitRepository', name: 'builders' }
    assert.deepEqual(fromGit, { ...fromOci, spec: { ...fromOci.spec, sourceRef } })
  },

  'the Kustomization in docs/engines/flux.md is that of the example': async () => {
    const [page = ''] = repositoryFiles('docs/engines/flux.md').values()
    const [, block = ''] = /^ *```yaml\n(.*?)^ *```/ms.exec(page) ?? []
    const { sourceRef, path, ...spec } = kustomizationIn([...streamsInExample().values()][1] ?? '').spec
    assert.deepEqual(parse(block), { spec })
  },
}

const DRY_RUN = ['apply', '--dry-run=server', '--validate=strict', '--filename=-']

/** By path: that for a Git branch, then that for an OCI artifact. */
function streamsInExample(): ReadonlyMap<string, string> {
  return repositoryFiles('examples/flux/from-*.yaml')
}

// biome-ignore lint/suspicious/noExplicitAny: as it stands in a file
function kustomizationIn(stream: string): any {
  const objects = parseAllDocuments(stream).map((document) => document.toJS())
  return objects.find(({ kind }) => kind === 'Kustomization')
}
