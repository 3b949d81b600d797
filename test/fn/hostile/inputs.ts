import { buildkit, flow, template, times, toml, tomlInJson } from './manifests.ts'

const MB = 1_000_000
const PROTOTYPE = ['__proto__', 'constructor', 'toString', 'hasOwnProperty']
const entries = (indent: string, value = 'x') => times(4, (at) => `${indent}${PROTOTYPE[at]}: ${value}\n`)
const both = (spec: string) => `${template(spec)}---\n${buildkit()}`

/** What would be too much for a careless reader. Each is one megabyte or less, or so much of something that it used to take minutes or all of the stack. */
export const INPUTS: Readonly<Record<string, string | Uint8Array>> = {
  'TOML: a text of 1 MB': toml(`debug = "${'x'.repeat(MB)}"`),
  'TOML: a comment of 1 MB': toml(`# ${'x'.repeat(MB)}`),
  'TOML: a key of 1 MB': toml(`${'x'.repeat(MB)} = 1`),
  'TOML: a number of 1 MB': toml(`[worker.oci]\nmax-parallelism = ${'9'.repeat(MB)}`),
  'TOML: 1 MB of empty lines': toml(`${'\n'.repeat(MB)}x`),
  'TOML: 1 MB of a key that stands twice': toml(times(80_000, 'debug = true\n')),
  'TOML: 50,000 unknown keys': toml(times(50_000, (at) => `k${at} = 1\n`)),
  'TOML: 100,000 wrong types': toml(`[worker.oci]\nplatforms = [${times(100_000, '1,')}]`),
  'TOML: 300 policies of the cache': toml(times(300, (at) => `[[worker.oci.gcpolicy]]\nkeepBytes = ${at}\n`)),
  'TOML: 10,000 policies of the cache': toml(times(10_000, (at) => `[[worker.oci.gcpolicy]]\nkeepBytes = ${at}\n`)),
  'TOML: 10,000 nested tables': toml(`[a${'.a'.repeat(9999)}]\nb = 1`),
  'TOML: a dotted key of 10,000 parts': toml(`a${'.a'.repeat(9999)} = 1`),
  'TOML: 10,000 nested lists': toml(`a = ${'['.repeat(10_000)}${']'.repeat(10_000)}`),
  'TOML: 10,000 nested inline tables': toml(`a = ${'{a = '.repeat(10_000)}1${'}'.repeat(10_000)}`),
  'TOML: a filter of 5,000,000 parts': toml(`[[worker.oci.gcpolicy]]\nfilters = ["a${'.a'.repeat(5 * MB)}"]`),
  'TOML: a platform of 5,000,000 parts': toml(`[worker.oci]\nplatforms = ["linux(${'+a'.repeat(5 * MB)})"]`),
  'TOML: binary characters': tomlInJson('\0\u0001\ufffd\u007f'.repeat(1000)),
  'TOML: half of a surrogate pair': tomlInJson('root = "\ud800"'),
  'TOML: a byte order mark': tomlInJson('\ufeffdebug = true'),
  'TOML: numbers beyond all types': toml(
    'grpc.uid = 1e400\ngrpc.gid = 0xffffffffffffffffffffffff\nworker.oci.reservedSpace = "1e400GB"\nworker.oci.cniPoolSize = inf',
  ),
  'TOML: names of prototypes': toml(
    `${times(4, (at) => `${PROTOTYPE[at]} = 1\n`)}[worker.__proto__]\na = 1\n[registry.constructor]\nhttp = "x"\n[worker.oci.labels]\n__proto__ = 1\n`,
  ),
  'YAML: names of prototypes as keys of maps': `${template(
    `  podLabels:\n${entries('    ')}  podAnnotations:\n${entries('    ')}  scheduling:\n    nodeSelector:\n${entries('      ')}` +
      `  resources:\n    default:\n      limits:\n${entries('        ', '1')}    maximum:\n      toString: 1\n` +
      `  observability:\n    otlp:\n      serviceName: x\n      resourceAttributes:\n${entries('        ')}`,
  )}---\n${buildkit(`  labels:\n${entries('    ')}  annotations:\n${entries('    ')}`)}`,
  'YAML: names of prototypes as fields': both(entries('  ')),
  'YAML: names of prototypes as names': `${buildkit('', 'constructor')}---\n${buildkit('', '__proto__')}`,
  'YAML: binary bytes': Uint8Array.from({ length: 1000 }, (_, at) => (at * 7919) % 256),
  'YAML: UTF-16': Buffer.from(`\ufeff${template('  port: 1234\n')}`, 'utf16le'),
  'YAML: NUL': both('  image: "a\0b"\n'),
  'YAML: half of a surrogate pair': both('  podLabels:\n    a: "\\ud800"\n'),
  'YAML: aliases that double': `${buildkit()}  a0: &a0 [x]\n${times(30, (at) => `  a${at + 1}: &a${at + 1} [*a${at}, *a${at}]\n`)}`,
  'YAML: merges that double': `${buildkit()}  a0: &a0 {x: y}\n${times(30, (at) => `  a${at + 1}: &a${at + 1} {<<: [*a${at}, *a${at}], b: *a${at}}\n`)}`,
  'YAML: a long text that 5,000 aliases repeat': `${buildkit()}  labels:\n    a: &a ${'x'.repeat(100_000)}\n${times(5000, (at) => `    b${at}: *a\n`)}`,
  'YAML: an alias in what it stands for': `${buildkit()}  labels: &a\n    a: *a\n`,
  'YAML: 10,000 anchors': `${buildkit()}  annotations:\n${times(10_000, (at) => `    a${at}: &a${at} x\n    b${at}: *a${at}\n`)}`,
  'YAML: 1 MB of [': flow('['.repeat(MB)),
  'YAML: 1 MB of {"a":': flow('{"a":'.repeat(MB / 5)),
  'YAML: 1 MB of ]': flow(']'.repeat(MB)),
  'YAML: 1 MB of dashes': flow(`\n  ${'- '.repeat(MB / 2)}x\n`),
  'YAML: 1,000 levels of mappings': flow(`\n${times(1000, (at) => `${' '.repeat(at + 1)}a:\n`)}`),
  'YAML: 300 kB of tags': both(`  image: ${'!a '.repeat(100_000)}\n`),
  'YAML: a comment of 1 MB': `# ${'x'.repeat(MB)}\n${both('  port: 1234\n')}`,
  'YAML: a key that stands 20,000 times': both(times(20_000, '  port: 1234\n')),
  'YAML: 20,000 unknown fields': both(times(20_000, (at) => `  imagf${at}: x\n`)),
  'YAML: 20,000 keys in one line': `${JSON.stringify({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p', labels: Object.fromEntries(Array.from({ length: 20_000 }, (_, at) => [`k${at}`, 'v'])) } })}\n`,
  'YAML: 1,000 labels': `${template('  port: 1234\n')}---\n${buildkit(`  labels:\n${times(1000, (at) => `    l${at}: v\n`)}`)}`,
  'YAML: 5,000 labels that are none': both(`  podLabels:\n${times(5000, (at) => `    "l ${at}": "v ${at}"\n`)}`),
  'YAML: 3,000 tolerations': both(
    `  scheduling:\n    tolerations:\n${times(3000, '    - {key: a, operator: Exists}\n')}`,
  ),
  'YAML: a name of 1 MB': buildkit('', 'x'.repeat(MB)),
  'YAML: an image of 1 MB': both(`  image: "${'a.'.repeat(MB / 2)}!"\n`),
  'YAML: a quantity of 1 MB': both(`  resources:\n    default:\n      limits:\n        memory: "${'1'.repeat(MB)}"\n`),
  'YAML: a label of 1 MB': both(`  podLabels:\n    a: ${'x'.repeat(MB)}\n`),
  'YAML: 10 MB of quotes in quotes': both(`  podAnnotations:\n    a: '${"''".repeat(5 * MB)}'\n`),
  'YAML: a name of 5,000,000 parts': buildkit('', 'x.'.repeat(5 * MB)),
  'YAML: 300,000 blank lines in an annotation': both(
    `  podAnnotations:\n    a: |\n      b\n${'\n'.repeat(300_000)}      c\n`,
  ),
  'YAML: numbers beyond all types': both(
    `  port: 1e400\n  lifecycle:\n    terminationGracePeriodSeconds: 99999999999999999999\n    activeDeadlineSeconds: 0x${'f'.repeat(300)}\n`,
  ),
  'YAML: 50,000 Pods of one builder': `${template('  port: 1234\n')}${times(50_000, (at) => `---\napiVersion: v1\nkind: Pod\nmetadata:\n  name: p${at}\n  labels: {buildkit.seatgeek.io/buildkit: b}\n`)}`,
  'YAML: 3,000 Buildkits that misspell 3,000 templates': times(
    3000,
    (at) =>
      `${template('  port: 1234\n').replace('name: t', `name: template-${at}`)}---\n${buildkit('', `b${at}`).replace('template: t', `template: tmplate-${at}`)}---\n`,
  ),
  'TOML: 300,000 blank lines, folded, before a mistake': template(
    `  buildkitdToml: >\n    debug = true\n${'\n'.repeat(300_000)}    debg = 1\n`,
  ),
  'YAML: 1,000,000 blank lines and comments before a field': `${template('  port: 1234\n')}---\n${buildkit().replace('spec:\n', `spec:\n${'\n#\n'.repeat(500_000)}`)}`,
  'YAML: a million documents': '---\n'.repeat(MB),
  'YAML: 20,000 documents of something else': 'a\n---\n'.repeat(20_000),
  'YAML: a List of anything': '{"apiVersion": "v1", "kind": "List", "items": [null, 1, "a", [], {}]}\n',
  'patch: 12,000 variables': both(
    `  podSpecPatch:\n    containers:\n      - name: buildkit\n        env:\n${times(12_000, (at) => `          - {name: V${at}, value: x}\n`)}`,
  ),
  'patch: 5,000 volumes and their mounts': both(
    `  podSpecPatch:\n    containers:\n      - name: buildkit\n        volumeMounts:\n${times(5000, (at) => `          - {name: v${at}, mountPath: /m/${at}}\n`)}` +
      `    volumes:\n${times(5000, (at) => `      - {name: v${at}, emptyDir: {}}\n`)}`,
  ),
  'patch: 50,000 unknown fields': both(`  podSpecPatch:\n${times(50_000, (at) => `    k${at}: x\n`)}`),
}
