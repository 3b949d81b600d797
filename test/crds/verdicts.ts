import assert from 'node:assert/strict'
import { Buildkit } from '../../crds/buildkit.ts'
import { BuildkitTemplate } from '../../crds/buildkit-template.ts'
import { type FieldIssue, validate } from '../../crds/validate.ts'
import type { Cluster } from '../harness/servers/cluster.ts'

export type Manifest = Readonly<Record<string, unknown>>

/** What the API server and `validate` say about a manifest: nothing if they accept it. */
export interface Verdicts {
  readonly server?: string
  readonly own?: readonly FieldIssue[]
}

/** Asks both, the API server with a dry run that is strict about unknown fields. Where both accept, they fill in the same defaults. */
export async function verdictsOn({ request }: Cluster, manifest: Manifest, namespace = 'default'): Promise<Verdicts> {
  const isTemplate = manifest.kind === 'BuildkitTemplate'
  const plural = isTemplate ? 'buildkittemplates' : 'buildkits'
  const path = `/apis/buildkit.seatgeek.io/v1alpha1/namespaces/${namespace}/${plural}?dryRun=All&fieldValidation=Strict`
  const { status, body } = await request('POST', path, manifest)
  const result = validate(isTemplate ? BuildkitTemplate : Buildkit, manifest)
  const isAccepted = status === 201
  assert.ok(isAccepted || status === 400 || status === 422, body.message)
  if (isAccepted && 'value' in result) assert.deepEqual(body.spec, result.value.spec)
  return { ...(!isAccepted && { server: body.message }), ...('issues' in result && { own: result.issues }) }
}
