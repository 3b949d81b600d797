import assert from 'node:assert/strict'
import { test } from 'node:test'
import { build } from '../../../fn/commands/build.ts'
import { DEFAULT_CONFIG } from '../../../fn/config/render-config.ts'
import { manifestsIn } from '../../../fn/input/manifests-in.ts'

const HEAD = 'apiVersion: buildkit.seatgeek.io/v1alpha1\n'
const BUILDKIT = `---\n${HEAD}kind: Buildkit\nmetadata: {name: b}\nspec: {template: t}\n`

/** The fields and rules of what is said of a template with this spec and its Buildkit. */
function saidOf(spec: string): readonly string[] {
  const text = `${HEAD}kind: BuildkitTemplate\nmetadata: {name: t}\nspec:\n${spec}${BUILDKIT}`
  const { stdout, stderr } = build(manifestsIn({ path: undefined, text }), DEFAULT_CONFIG)
  assert.deepEqual(stdout, [])
  return stderr.map((line) => /: ((?:error|warning)[^:]*): \w+ t: ([^:]+):/.exec(line)?.slice(1).join(' ') ?? line)
}

const specs: Readonly<Record<string, readonly [spec: string, said: readonly string[]]>> = {
  'a misspelt field': [
    '  prot: 1\n  lifecycle: {restartPolicy: Never}\n  buildkitdToml: |\n    debg = 1\n',
    [
      'error spec.prot',
      'warning BK601 restart-policy spec.lifecycle.restartPolicy',
      'warning BK105 unknown-key spec.buildkitdToml',
    ],
  ],
  'a wrong value in a map, and a wrong entry of a list': [
    '  podLabels: {a: 1, "b c": d}\n  scheduling: {tolerations: [{kye: x}], nodeSelector: {"e f": g}}\n',
    [
      'error spec.podLabels.a',
      'error BK503 invalid-label spec.podLabels[b c]',
      'error spec.scheduling.tolerations[0].kye',
      'error BK511 invalid-node-selector spec.scheduling.nodeSelector[e f]',
    ],
  ],
  'a field that decides how buildkitd runs, of which nothing more can be said': [
    '  rootles: true\n  lifecycle: {restartPolicy: Never}\n',
    ['error spec.rootles'],
  ],
}

for (const [name, [spec, said]] of Object.entries(specs))
  test(`rules judge the rest of a template beside ${name}`, () => {
    assert.deepEqual([...saidOf(spec)].sort(), [...said].sort())
  })
