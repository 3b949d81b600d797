import assert from 'node:assert/strict'
import { test } from 'node:test'
import { corrected, type Issue } from './corrected-spec.ts'

const remove = { kind: 'remove' } as const
const corrections: Readonly<Record<string, readonly [before: string, issue: Issue, after: string]>> = {
  'a setting that has no effect': [
    '  buildkitdToml: |\n    [worker.oci]\n      cniPoolSize = 16 # c\n      enabled = true\n',
    { at: ['worker', 'oci', 'cniPoolSize'], fix: remove },
    '  buildkitdToml: |\n    [worker.oci]\n      enabled = true\n',
  ],
  'a setting that has no effect, the last one, before another field': [
    '  buildkitdToml: |-\n    [worker.oci]\n    enabled = true\n    cniPoolSize = 16\n  port: 1234\n',
    { at: ['worker', 'oci', 'cniPoolSize'], fix: remove },
    '  buildkitdToml: |-\n    [worker.oci]\n    enabled = true\n  port: 1234\n',
  ],
  'a value of many lines': [
    '  buildkitdToml: |\n    root = "/a"\n    insecure-entitlements = [ # c\n      "a",\n      "b",\n    ]\n    debug = true\n',
    { at: ['insecure-entitlements'], fix: remove },
    '  buildkitdToml: |\n    root = "/a"\n    debug = true\n',
  ],
  'a key that has another name': [
    '  buildkitdToml: |\n    worker.oci.gckeepstorage = 10 # c\n',
    { at: ['worker', 'oci', 'gckeepstorage'], fix: { kind: 'rename', to: 'reservedSpace' } },
    '  buildkitdToml: |\n    worker.oci.reservedSpace = 10 # c\n',
  ],
  'a table that has another name': [
    '  buildkitdToml: |\n    [registry."https://docker.io" ] # c\n    http = true\n',
    { at: ['registry', 'https://docker.io'], fix: { kind: 'rename', to: '"docker.io"' } },
    '  buildkitdToml: |\n    [registry."docker.io" ] # c\n    http = true\n',
  ],
  'a key in a table in braces': [
    '  buildkitdToml: |\n    worker.oci = {gc = true, maxParallelism = 4} # c\n',
    { at: ['worker', 'oci', 'maxParallelism'], fix: { kind: 'rename', to: 'max-parallelism' } },
    '  buildkitdToml: |\n    worker.oci = {gc = true, max-parallelism = 4} # c\n',
  ],
  'an element of a list': [
    '  buildkitdToml: |\n    insecure-entitlements = ["device", \'network-host\'] # c\n',
    { at: ['insecure-entitlements', 1], currentValue: 'network-host', proposedValue: 'network.host' },
    '  buildkitdToml: |\n    insecure-entitlements = ["device", "network.host"] # c\n',
  ],
  'a value, which is what is proposed': [
    '  buildkitdToml: |\n    [log]\n    format = "JSON # 1" # c\n',
    { at: ['log', 'format'], currentValue: 'JSON # 1', proposedValue: 'json' },
    '  buildkitdToml: |\n    [log]\n    format = "json" # c\n',
  ],
  'a number': [
    '  buildkitdToml: |\n    [worker.oci]\n    max-parallelism = 0# c\n',
    { at: ['worker', 'oci', 'max-parallelism'], currentValue: 0, proposedValue: '4' },
    '  buildkitdToml: |\n    [worker.oci]\n    max-parallelism = 4# c\n',
  ],
  'a setting, which is what is proposed': [
    '  buildkitdToml: |\n    debug = true # c\n    worker.oci.gckeepstorage = 10 # c\n',
    { at: ['worker', 'oci', 'gckeepstorage'], currentValue: 10, proposedValue: 'reservedSpace = 10' },
    '  buildkitdToml: |\n    debug = true # c\n    worker.oci.reservedSpace = 10 # c\n',
  ],
  'a value as TOML has it': [
    '  buildkitdToml: |\n    [worker.oci]\n    gc = "yes"\n',
    { at: ['worker', 'oci', 'gc'], fix: { kind: 'set', value: 'true' } },
    '  buildkitdToml: |\n    [worker.oci]\n    gc = true\n',
  ],
  'double quotes, as in JSON': [
    '  buildkitdToml: "[worker.oci]\\n\\tcniPoolSize = 16\\n\\tgc = true" # c\n',
    { at: ['worker', 'oci', 'cniPoolSize'], fix: remove },
    '  buildkitdToml: "[worker.oci]\\n\\tgc = true" # c\n',
  ],
  'double quotes with escapes, which stay': [
    '  buildkitdToml: "# \\u00e9\\x41 \\U0001F600\\/\\n[log]\\n\\tformat = \\"JSON\\" # \\t\\u00e9"\n',
    { at: ['log', 'format'], currentValue: 'JSON', proposedValue: 'json' },
    '  buildkitdToml: "# \\u00e9\\x41 \\U0001F600\\/\\n[log]\\n\\tformat = \\"json\\" # \\t\\u00e9"\n',
  ],
  'single quotes, in which one is two': [
    "  buildkitdToml: 'log.format = \"it''s\" # it''s'\n",
    { at: ['log', 'format'], currentValue: "it's", proposedValue: "it'is" },
    "  buildkitdToml: 'log.format = \"it''is\" # it''s'\n",
  ],
  'the end of double quotes': [
    '  buildkitdToml: "[worker.oci]\\n\\tgc = true\\n\\tcniPoolSize = 16"\n',
    { at: ['worker', 'oci', 'cniPoolSize'], fix: remove },
    '  buildkitdToml: "[worker.oci]\\n\\tgc = true"\n',
  ],
  'folded lines': [
    '  buildkitdToml: >-\n    # a\n    goes on\n\n    debug = true\n\n    [log] # c\n      format = "JSON"\n      level = "info"\n',
    { at: ['log', 'format'], currentValue: 'JSON', proposedValue: 'json' },
    '  buildkitdToml: >-\n    # a\n    goes on\n\n    debug = true\n\n    [log] # c\n      format = "json"\n      level = "info"\n',
  ],
  'the end of a line that is folded': [
    '  buildkitdToml: >\n    debug = 1\n\n    trace = true\n',
    { at: ['debug'], fix: { kind: 'set', value: 'false' } },
    '  buildkitdToml: >\n    debug = false\n\n    trace = true\n',
  ],
  'double quotes on many lines': [
    '  buildkitdToml: "debug = true\\n\n    [log]\n\n    # a long \\\n    line\n\n    format = \\"JSON\\""\n',
    { at: ['log', 'format'], currentValue: 'JSON', proposedValue: 'json' },
    '  buildkitdToml: "debug = true\\n\n    [log]\n\n    # a long \\\n    line\n\n    format = \\"json\\""\n',
  ],
  'no quotes': [
    '  buildkitdToml: debug = 1\n',
    { at: ['debug'], fix: { kind: 'set', value: 'true' } },
    '  buildkitdToml: debug = true\n',
  ],
  'a first line, where the second is indented no further': [
    '  buildkitdToml: |\n\n    debug = true\n    trace = true\n',
    { at: ['debug'], fix: remove },
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
  'a table': ['  buildkitdToml: |\n    [worker.oci]\n    gc = true\n', { at: ['worker', 'oci'], fix: remove }],
  'an inline table with more in it': [
    '  buildkitdToml: |\n    worker.oci = {cniPoolSize = 16, gc = true}\n',
    { at: ['worker', 'oci', 'cniPoolSize'], fix: remove },
  ],
  'a value that is another one': [
    '  buildkitdToml: |\n    [log]\n    format = "text"\n',
    { at: ['log', 'format'], currentValue: 'JSON', proposedValue: 'json' },
  ],
  'a list, one value of which is wrong': [
    '  buildkitdToml: |\n    insecure-entitlements = ["network"]\n    debug = true\n',
    { at: ['insecure-entitlements'], currentValue: 'network', proposedValue: 'network.host' },
  ],
  'a setting whose table is there too': [
    '  buildkitdToml: |\n    debug = true\n    [log]\n    format = "json"\n',
    { at: ['debug'], currentValue: true, proposedValue: 'log.level = "debug"' },
  ],
  'a key whose value is of another type than that of the right one': [
    '  buildkitdToml: |\n    [worker.oci]\n    maxParallelism = "many"\n',
    { at: ['worker', 'oci', 'maxParallelism'], fix: { kind: 'rename', to: 'max-parallelism' } },
  ],
  'a key that is there with other capitals': [
    '  buildkitdToml: |\n    Debug = true\n    debgu = true\n',
    { at: ['debgu'], fix: { kind: 'rename', to: 'debug' } },
  ],
  'a key that is there already': [
    '  buildkitdToml: |\n    debug = true\n    debgu = true\n',
    { at: ['debgu'], fix: { kind: 'rename', to: 'debug' } },
  ],
  'the only setting': ['  buildkitdToml: |\n    debug = true\n', { at: ['debug'], fix: remove }],
  'the line that says how far others are indented': [
    '  buildkitdToml: |\n    debug = true\n      trace = true\n',
    { at: ['debug'], fix: remove },
  ],
  'what is no TOML': ['  buildkitdToml: |\n    debug = true\n    [\n', { at: ['debug'], fix: remove }],
  'a text that nobody has written': [
    `  buildkitdToml: |\n    debug = true\n    trace = true\n    # ${'x'.repeat(2 ** 14)}\n`,
    { at: ['debug'], fix: remove },
  ],
  'text that an alias repeats': [
    '  buildkitdToml: &a |\n    debug = true\n    trace = true\n  podAnnotations: {a: *a}\n',
    { at: ['debug'], fix: remove },
  ],
  'a proposal for the whole text': [
    '  buildkitdToml: debug = true\n',
    { at: [], currentValue: 'debug = true', proposedValue: 'debug = false' },
  ],
}

for (const [name, [spec, issue]] of Object.entries(left)) {
  test(`in TOML is left as it is: ${name}`, () => {
    assert.equal(corrected(spec, issue), undefined)
  })
}

test('corrections that would make two keys one are made as far as they go together', () => {
  const section = (name: string) => `    [registry."${name}"]\n    http = true\n`
  const rename = (name: string) => ({ at: ['registry', name], fix: { kind: 'rename', to: '"a.io"' } }) as const
  assert.equal(
    corrected(
      `  buildkitdToml: |\n${section('https://a.io')}${section('http://a.io')}`,
      rename('https://a.io'),
      rename('http://a.io'),
    ),
    `  buildkitdToml: |\n${section('a.io')}${section('http://a.io')}`,
  )
})
