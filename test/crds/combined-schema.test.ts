import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { parseAllDocuments } from 'yaml'
import type { Buildkit, BuildkitTemplate } from '../../crds/generated/types.d.ts'
import { API_VERSION } from '../../crds/names.ts'
import { binary, needs } from '../harness/servers/binaries.ts'
import { runProgram } from '../harness/servers/run-program.ts'

const SCHEMA = join(import.meta.dirname, '../../crds/generated/schemas/all.schema.json')

const small: BuildkitTemplate = {
  apiVersion: API_VERSION,
  kind: 'BuildkitTemplate',
  metadata: { name: 'small' },
  spec: { rootless: true },
}
const shop: Buildkit = {
  apiVersion: API_VERSION,
  kind: 'Buildkit',
  metadata: { name: 'shop' },
  spec: { template: 'small' },
}

/** Why the schema refuses an object; empty where it takes it. */
async function refusalOf(object: unknown): Promise<string> {
  const { code, stdout, stderr } = await runProgram(binary('jv'), [SCHEMA, '-'], { input: JSON.stringify(object) })
  return code === 0 ? '' : stdout + stderr
}

suite('the schema for files with several kinds', { skip: needs('jv') }, () => {
  test('takes both kinds as the exported types write them, and objects of others', async () => {
    const others = [
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'builders' } },
      { apiVersion: 'v1', kind: 'Buildkit' },
    ]
    for (const object of [small, shop, ...others]) assert.equal(await refusalOf(object), '')
  })

  test('takes every manifest of the examples', async () => {
    const files = globSync(join(import.meta.dirname, '../../examples/**/*.yaml'))
    const documents = files.flatMap((file) => parseAllDocuments(readFileSync(file, 'utf8')))
    const ours = documents.map((document) => document.toJS()).filter((object) => object?.apiVersion === API_VERSION)
    assert.ok(ours.length > 20)
    for (const object of ours) assert.equal(await refusalOf(object), '', JSON.stringify(object))
  })

  test('refuses a misspelt kind, and a misspelt field of the kind that it is', async () => {
    assert.match(await refusalOf({ ...shop, kind: 'Buildkits' }), /kind/)
    assert.match(await refusalOf({ ...shop, spec: { tempalte: 'small' } }), /tempalte/)
    assert.match(await refusalOf({ ...small, spec: { template: 'small' } }), /template/)
  })
})
