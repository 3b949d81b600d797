import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Fix } from '../../../crds/validate.ts'
import { applied } from '../../../fn/fix/applied.ts'
import { editFor } from '../../../fn/fix/edit-for.ts'
import { manifestsIn } from '../../../fn/manifests-in.ts'
import { locator } from '../../../fn/positions/locator.ts'
import { fieldResult } from '../../../fn/results.ts'

const HEAD = '# c\napiVersion: buildkit.seatgeek.io/v1alpha1\nkind: BuildkitTemplate\nmetadata:\n  name: small\nspec:\n'

interface Issue {
  readonly line: number
  /** 1 where it is left out. */
  readonly column?: number
  readonly fix?: Fix
  readonly currentValue?: unknown
  readonly proposedValue?: string
}

/** A document in which the setting on a line of its TOML is corrected; undefined where it stays. */
function corrected(spec: string, { line, column = 1, ...issue }: Issue): string | undefined {
  const text = HEAD + spec
  const { items } = manifestsIn({ path: 'a.yaml', text })
  const [item] = items
  assert.ok(item)
  const result = fieldResult('warning', item, { path: 'spec.buildkitdToml', message: 'm', ...issue })
  const located = locator(items)({ ...result })
  assert.ok(located)
  const edit = editFor(located, { ...result, tags: { rule: 'BK101', tomlLine: `${line}`, tomlColumn: `${column}` } })
  return edit && applied(text, [edit]).text.slice(HEAD.length)
}

const remove = { kind: 'remove' } as const
const corrections: Readonly<Record<string, readonly [before: string, issue: Issue, after: string]>> = {
  'a setting that has no effect': [
    '  buildkitdToml: |\n    [worker.oci]\n      cniPoolSize = 16 # c\n      enabled = true\n',
    { line: 2, fix: remove },
    '  buildkitdToml: |\n    [worker.oci]\n      enabled = true\n',
  ],
  'a setting that has no effect, the last one, before another field': [
    '  buildkitdToml: |-\n    [worker.oci]\n    enabled = true\n    cniPoolSize = 16\n  port: 1234\n',
    { line: 3, fix: remove },
    '  buildkitdToml: |-\n    [worker.oci]\n    enabled = true\n  port: 1234\n',
  ],
  'a value of many lines': [
    '  buildkitdToml: |\n    root = "/a"\n    insecure-entitlements = [ # c\n      "a",\n      "b",\n    ]\n    debug = true\n',
    { line: 2, fix: remove },
    '  buildkitdToml: |\n    root = "/a"\n    debug = true\n',
  ],
  'a key that has another name': [
    '  buildkitdToml: |\n    worker.oci.gckeepstorage = 10 # c\n',
    { line: 1, column: 12, fix: { kind: 'rename', to: 'reservedSpace' } },
    '  buildkitdToml: |\n    worker.oci.reservedSpace = 10 # c\n',
  ],
  'a table that has another name': [
    '  buildkitdToml: |\n    [registry."https://docker.io" ] # c\n    http = true\n',
    { line: 1, column: 11, fix: { kind: 'rename', to: '"docker.io"' } },
    '  buildkitdToml: |\n    [registry."docker.io" ] # c\n    http = true\n',
  ],
  'a key in a table in braces': [
    '  buildkitdToml: |\n    worker.oci = {gc = true, maxParallelism = 4} # c\n',
    { line: 1, column: 26, fix: { kind: 'rename', to: 'max-parallelism' } },
    '  buildkitdToml: |\n    worker.oci = {gc = true, max-parallelism = 4} # c\n',
  ],
  'an element of a list': [
    '  buildkitdToml: |\n    insecure-entitlements = ["device", \'network-host\'] # c\n',
    { line: 1, column: 36, currentValue: 'network-host', proposedValue: 'network.host' },
    '  buildkitdToml: |\n    insecure-entitlements = ["device", "network.host"] # c\n',
  ],
  'a value, which is what is proposed': [
    '  buildkitdToml: |\n    [log]\n    format = "JSON # 1" # c\n',
    { line: 2, currentValue: 'JSON # 1', proposedValue: 'json' },
    '  buildkitdToml: |\n    [log]\n    format = "json" # c\n',
  ],
  'a number': [
    '  buildkitdToml: |\n    [worker.oci]\n    max-parallelism = 0# c\n',
    { line: 2, currentValue: 0, proposedValue: '4' },
    '  buildkitdToml: |\n    [worker.oci]\n    max-parallelism = 4# c\n',
  ],
  'a setting, which is what is proposed': [
    '  buildkitdToml: |\n    debug = true # c\n    worker.oci.gckeepstorage = 10 # c\n',
    { line: 2, column: 12, currentValue: 10, proposedValue: 'reservedSpace = 10' },
    '  buildkitdToml: |\n    debug = true # c\n    worker.oci.reservedSpace = 10 # c\n',
  ],
  'a value as TOML has it': [
    '  buildkitdToml: |\n    [worker.oci]\n    gc = "yes"\n',
    { line: 2, fix: { kind: 'set', value: 'true' } },
    '  buildkitdToml: |\n    [worker.oci]\n    gc = true\n',
  ],
  'double quotes, as in JSON': [
    '  buildkitdToml: "[worker.oci]\\n\\tcniPoolSize = 16\\n\\tgc = true" # c\n',
    { line: 2, fix: remove },
    '  buildkitdToml: "[worker.oci]\\n\\tgc = true" # c\n',
  ],
  'double quotes with escapes, which stay': [
    '  buildkitdToml: "# \\u00e9\\x41 \\U0001F600\\/\\n[log]\\n\\tformat = \\"JSON\\" # \\t\\u00e9"\n',
    { line: 3, column: 2, currentValue: 'JSON', proposedValue: 'json' },
    '  buildkitdToml: "# \\u00e9\\x41 \\U0001F600\\/\\n[log]\\n\\tformat = \\"json\\" # \\t\\u00e9"\n',
  ],
  'single quotes, in which one is two': [
    "  buildkitdToml: 'log.format = \"it''s\" # it''s'\n",
    { line: 1, column: 5, currentValue: "it's", proposedValue: "it'is" },
    "  buildkitdToml: 'log.format = \"it''is\" # it''s'\n",
  ],
  'the end of double quotes': [
    '  buildkitdToml: "[worker.oci]\\n\\tgc = true\\n\\tcniPoolSize = 16"\n',
    { line: 3, fix: remove },
    '  buildkitdToml: "[worker.oci]\\n\\tgc = true"\n',
  ],
  'folded lines': [
    '  buildkitdToml: >-\n    # a\n    goes on\n\n    debug = true\n\n    [log] # c\n      format = "JSON"\n      level = "info"\n',
    { line: 4, column: 3, currentValue: 'JSON', proposedValue: 'json' },
    '  buildkitdToml: >-\n    # a\n    goes on\n\n    debug = true\n\n    [log] # c\n      format = "json"\n      level = "info"\n',
  ],
  'the end of a line that is folded': [
    '  buildkitdToml: >\n    debug = 1\n\n    trace = true\n',
    { line: 1, fix: { kind: 'set', value: 'false' } },
    '  buildkitdToml: >\n    debug = false\n\n    trace = true\n',
  ],
  'double quotes on many lines': [
    '  buildkitdToml: "debug = true\\n\n    [log]\n\n    # a long \\\n    line\n\n    format = \\"JSON\\""\n',
    { line: 4, currentValue: 'JSON', proposedValue: 'json' },
    '  buildkitdToml: "debug = true\\n\n    [log]\n\n    # a long \\\n    line\n\n    format = \\"json\\""\n',
  ],
  'no quotes': [
    '  buildkitdToml: debug = 1\n',
    { line: 1, fix: { kind: 'set', value: 'true' } },
    '  buildkitdToml: debug = true\n',
  ],
  'a first line, where the second is indented no further': [
    '  buildkitdToml: |\n\n    debug = true\n    trace = true\n',
    { line: 2, fix: remove },
    '  buildkitdToml: |\n\n    trace = true\n',
  ],
}

for (const [name, [before, issue, after]] of Object.entries(corrections)) {
  test(`in TOML is corrected: ${name}`, () => {
    assert.equal(corrected(before, issue), after)
    assert.equal(corrected(before.replaceAll('\n', '\r\n'), issue), after.replaceAll('\n', '\r\n'))
  })
}

const left: Readonly<Record<string, readonly [spec: string, issue: Issue]>> = {
  'a table': ['  buildkitdToml: |\n    [worker.oci]\n    gc = true\n', { line: 1, fix: remove }],
  'an inline table with more in it': [
    '  buildkitdToml: |\n    worker.oci = {cniPoolSize = 16, gc = true}\n',
    { line: 1, fix: remove },
  ],
  'a value that is another one': [
    '  buildkitdToml: |\n    [log]\n    format = "text"\n',
    { line: 2, currentValue: 'JSON', proposedValue: 'json' },
  ],
  'a list, one value of which is wrong': [
    '  buildkitdToml: |\n    insecure-entitlements = ["network"]\n    debug = true\n',
    { line: 1, currentValue: 'network', proposedValue: 'network.host' },
  ],
  'a setting whose table is there too': [
    '  buildkitdToml: |\n    debug = true\n    [log]\n    format = "json"\n',
    { line: 1, currentValue: true, proposedValue: 'log.level = "debug"' },
  ],
  'a key whose value is of another type than that of the right one': [
    '  buildkitdToml: |\n    [worker.oci]\n    maxParallelism = "many"\n',
    { line: 2, fix: { kind: 'rename', to: 'max-parallelism' } },
  ],
  'a key that is there with other capitals': [
    '  buildkitdToml: |\n    Debug = true\n    debgu = true\n',
    { line: 2, fix: { kind: 'rename', to: 'debug' } },
  ],
  'a key that is there already': [
    '  buildkitdToml: |\n    debug = true\n    debgu = true\n',
    { line: 2, fix: { kind: 'rename', to: 'debug' } },
  ],
  'the only setting': ['  buildkitdToml: |\n    debug = true\n', { line: 1, fix: remove }],
  'the line that says how far others are indented': [
    '  buildkitdToml: |\n    debug = true\n      trace = true\n',
    { line: 1, fix: remove },
  ],
  'what is no TOML': ['  buildkitdToml: |\n    debug = true\n    [\n', { line: 1, fix: remove }],
  'a text that nobody has written': [
    `  buildkitdToml: |\n    debug = true\n    trace = true\n    # ${'x'.repeat(2 ** 14)}\n`,
    { line: 1, fix: remove },
  ],
  'text with an anchor': ['  buildkitdToml: &a |\n    debug = true\n    trace = true\n', { line: 1, fix: remove }],
  'a proposal for the whole text': [
    '  buildkitdToml: debug = true\n',
    { line: 0, currentValue: 'debug = true', proposedValue: 'debug = false' },
  ],
}

for (const [name, [spec, issue]] of Object.entries(left)) {
  test(`in TOML is left as it is: ${name}`, () => {
    assert.equal(corrected(spec, issue), undefined)
  })
}
