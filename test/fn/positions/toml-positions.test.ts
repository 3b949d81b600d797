import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseDocument } from 'yaml'
import { manifestsIn } from '../../../fn/input/manifests-in.ts'
import { placed } from '../../../fn/report/placed.ts'
import { fieldFinding } from '../../../fn/results/finding.ts'
import { readToml } from '../../../fn/toml/read-toml.ts'
import { TOML_FIELD } from '../../../fn/toml/values-at.ts'
import { marked } from './marked.ts'

const SETTING = 'cniPoolSize'
const HEAD = 'apiVersion: buildkit.seatgeek.io/v1alpha1\nkind: BuildkitTemplate\nmetadata:\n  name: small\nspec:\n'

/** Ways to write `buildkitdToml`; the mark stands before where the setting is found. */
const WAYS: Readonly<Record<string, string>> = {
  'a literal': '  buildkitdToml: |\n    [worker.oci]\n      enabled = true\n\n      «»cniPoolSize = 16\n',
  'a literal without its last line break': '  buildkitdToml: |-\n     [worker.oci]\n     «»cniPoolSize = 16',
  'a literal that begins with blank lines': '  buildkitdToml: |+\n\n\n    [worker.oci]\n    «»cniPoolSize = 16\n\n',
  'a literal that says its indentation':
    '  buildkitdToml: |2 # two\n      # an indented comment\n    [worker.oci]\n      «»cniPoolSize = 16\n',
  'a literal with tabs in it': '  buildkitdToml: |\n    [worker.oci]\n    \t«»cniPoolSize\t= 16\n  port: 1234\n',
  'a literal with an anchor': '  buildkitdToml: &toml |\n    [worker.oci]\n    «»cniPoolSize = 16\n',
  'double quotes': '  buildkitdToml: "[worker.oci]\\n\\tx = \'\\u00e9\'\\n\\t«»cniPoolSize = 16"\n',
  'double quotes with an escaped emoji':
    '  buildkitdToml: "worker.oci = {x = \'\\U0001F600 😀\', «»cniPoolSize = 16}"\n',
  'single quotes': "  buildkitdToml: 'worker.oci = {x = \"it''s\", «»cniPoolSize = 16} # it''s'\n",
  'no quotes': '  buildkitdToml: worker.oci.«»cniPoolSize = 16\n',
  'folded lines': '  buildkitdToml: >\n    [worker.oci]\n\n    «»cniPoolSize = 16\n',
  'folded lines with deeper ones and more between':
    '  buildkitdToml: >-\n\n    # a comment\n    goes on\n      deeper = 1\n\n      else = 2\n\n\n    [worker.oci]\n      gc = true\n      «»cniPoolSize = 16\n\n  port: 1234\n',
  'folded lines that say their indentation':
    '  buildkitdToml: >+2 # two\n      x = 1\n    [worker.oci]\n\n    «»cniPoolSize = 16\n\n',
  'double quotes on many lines':
    '  buildkitdToml: "[worker.oci]\\n\n    # a long   \n      line \\\n\n    é\n\n    «»cniPoolSize = 16"\n',
  'single quotes on many lines': "  buildkitdToml: '# it''s\n\n\n    [worker.oci]\n\n    «»cniPoolSize = 16'\n",
  'no quotes on many lines': '  buildkitdToml: worker.oci.gc =\n    true\n\n    worker.oci.«»cniPoolSize = 16\n',
}

for (const [name, way] of Object.entries(WAYS))
  for (const lineBreak of ['\n', '\r\n'])
    test(`the place of a setting in ${name}, where lines end with ${JSON.stringify(lineBreak)}`, () => {
      const { text, expected } = marked('a.yaml', HEAD + way)
      const source = text.replaceAll('\n', lineBreak)
      const toml = readToml(String(parseDocument(source).getIn(TOML_FIELD)))
      const items = manifestsIn({ path: 'a.yaml', text: source })
      const [item] = items
      assert.ok(item)
      const finding = fieldFinding('warning', item, { path: TOML_FIELD, message: 'has no effect' })
      assert.deepEqual(
        placed([{ ...finding, toml: { toml, path: ['worker', 'oci', SETTING] } }], items).map(
          ({ position }) => position,
        ),
        expected.map(({ line, column }) => ({ line, column })),
      )
    })
