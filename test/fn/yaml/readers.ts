import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import process from 'node:process'
import { parse } from 'yaml'
import { binary, needs } from '../../harness/servers/binaries.ts'
import { runProgram } from '../../harness/servers/run-program.ts'

/** What a reader makes of a document. */
export type Reading = { readonly value: unknown } | { readonly error: string }

/** A reader of YAML; `skip` says why it cannot run here. */
export interface Reader {
  readonly name: string
  readonly skip: false | string
  readonly read: (documents: readonly string[]) => Promise<readonly Reading[]>
}

/** A key that is no string stands behind its type; what JSON does not have is an error, or its Python. */
const PYTHON = `
import json, sys, yaml

def shown(value):
    if isinstance(value, dict):
        return {key if isinstance(key, str) else f"{type(key)} {key}": shown(one) for key, one in value.items()}
    return [shown(one) for one in value] if isinstance(value, list) else value

def reading(document):
    try:
        return {"value": json.loads(json.dumps(shown(yaml.safe_load(document)), allow_nan=False, default=repr))}
    except Exception as error:
        return {"error": str(error)}

print(json.dumps([reading(document) for document in json.load(sys.stdin)]))
`

/** The reader of kubectl, Argo CD and Flux. */
export const KUBERNETES: Reader = {
  name: 'sigs.k8s.io/yaml',
  skip: needs('yaml-readers'),
  read: async (documents) => (await readByGo(documents)).map(({ kubernetes }) => kubernetes),
}

/** All that may read what we write. */
export const READERS: readonly Reader[] = [
  KUBERNETES,
  {
    name: 'go.yaml.in/yaml/v3',
    skip: needs('yaml-readers'),
    read: async (documents) => (await readByGo(documents)).map(({ v3 }) => v3),
  },
  { name: 'PyYAML', skip: needsPyYaml(), read: (documents) => readBy('python3', ['-c', PYTHON], documents) },
  { name: 'yaml', skip: false, read: (documents) => Promise.resolve(documents.map((one) => readByNode(one, '1.2'))) },
  {
    name: 'yaml, as of YAML 1.1',
    skip: false,
    read: (documents) => Promise.resolve(documents.map((one) => readByNode(one, '1.1'))),
  },
]

function readByGo(
  documents: readonly string[],
): Promise<readonly { readonly kubernetes: Reading; readonly v3: Reading }[]> {
  return readBy(binary('yaml-readers'), [], documents)
}

async function readBy<T>(program: string, args: readonly string[], documents: readonly string[]): Promise<T> {
  const { code, stdout, stderr } = await runProgram(program, args, { input: JSON.stringify(documents) })
  assert.equal(code, 0, stderr)
  return JSON.parse(stdout)
}

function readByNode(document: string, version: '1.1' | '1.2'): Reading {
  try {
    return { value: parse(document, { version, merge: true, logLevel: 'silent' }) }
  } catch (error) {
    return { error: String(error) }
  }
}

function needsPyYaml(): false | string {
  if (spawnSync('python3', ['-c', 'import yaml']).status === 0) return false
  const reason = 'needs PyYAML; python3 must find it, as the package python3-yaml puts it'
  if (process.env.CI === 'true') throw new Error(reason)
  return reason
}
