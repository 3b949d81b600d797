import assert from 'node:assert/strict'
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseAllDocuments, stringify } from 'yaml'
import { addIssuer, startCertManager } from '../../harness/node/cert-manager.ts'
import { type BuilderCluster, startBuilderCluster } from '../../harness/node/cluster-with-controller.ts'
import { type Desk, setUpDesk } from '../../harness/node/desk.ts'
import type { Outcome } from '../../harness/servers/run-program.ts'

export const ROOT = join(import.meta.dirname, '../../..')

/** The builders of examples/tls on a real node, and a client. */
export interface NodeStage {
  readonly cluster: BuilderCluster
  readonly desk: Desk
  /** What is in Git. */
  readonly package: string
}

export async function startNodeStage(): Promise<NodeStage> {
  const cluster = await startBuilderCluster(['--handover-grace=3s', '--deletion-quarantine=1s'], 'builders')
  const { node } = cluster
  try {
    await node.kubectl(['create', 'namespace', 'builders'])
    await startCertManager(node)
    await addIssuer(node)
    const folder = await writeExample(node.folder)
    await cluster.apply(folder)
    const desk = await setUpDesk(node)
    for (const name of ['shop-amd64', 'shop-arm64']) await cluster.readyEndpoint(name, 120)
    return { cluster, desk, package: folder }
  } catch (error) {
    await cluster.stop()
    throw error
  }
}

/** Both builders on the one node that there is. */
async function writeExample(folder: string): Promise<string> {
  const path = join(folder, 'package')
  await mkdir(path)
  await cp(join(ROOT, 'examples/tls/buildkits.yaml'), join(path, 'buildkits.yaml'))
  const templates = parseAllDocuments(await readFile(join(ROOT, 'examples/tls/templates.yaml'), 'utf8'))
  const texts = templates.map((document) => {
    const { resources, scheduling, ...spec } = document.toJS().spec
    assert.ok(resources && scheduling)
    return stringify({ ...document.toJS(), spec })
  })
  await writeFile(join(path, 'templates.yaml'), texts.join('---\n'))
  return path
}

/** What a program wrote that must succeed. */
export function succeeded({ code, stdout, stderr }: Outcome): string {
  assert.equal(code, 0, stdout + stderr)
  return stdout + stderr
}
