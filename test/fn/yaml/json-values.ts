import fc from 'fast-check'

/** Strings that some YAML reader takes for something else when they stand unquoted. */
const MISREAD =
  'yes Yes NO on off y N true False null ~ 012 0o17 0x1F 0b101 1e3 1.0 .5 -1 +1 1_000 12:30 1:30:15 2026-10-05 .inf .nan << = - -- --- ... ? : [] {} , # & * ! | > % @ `'.split(
    ' ',
  )
/** Strings in which a space, a line break or a control character must survive. */
const FRAGILE = [
  ...['', ' ', ' x', 'x ', '- a', '# a', 'a: b', 'a #b', 'a:', ':a', '"quoted"', "it's", "'quoted'", 'back\\slash'],
  ...['\t', 'a\tb', 'a\rb', 'a\r\nb', '\u2028', 'a\u2029b', '\ufeff', '\u0085', '\u00a0', '\u007f', '\u0000', '\uffff'],
  ...[
    '😀',
    'é',
    '\n',
    '\na',
    'a\n',
    'a\n\n',
    'a\nb',
    'a \nb',
    ' a\nb',
    'a\n b\n',
    'a\n\nb',
    'a\n \nb',
    '#a\nb',
    'a\n#b',
  ],
  ...[
    'a\n---\nb',
    'a\n...\n',
    'a\tb\nc',
    '\n\n',
    ' \n',
    'a\n\n ',
    '%YAML 1.1\n---',
    '10.0.0.0/8',
    'sha256:0123',
    'a, b',
    '{a}',
    '[a]',
  ],
]

const text = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...MISREAD, ...FRAGILE) },
  fc.string({
    unit: fc.constantFrom('a', '1', ':', '#', '-', ' ', '\n', '"', "'", '\t', '\\', '{', ','),
    maxLength: 12,
  }),
  fc.string({ unit: 'grapheme', maxLength: 8 }),
)
const key = fc.oneof(fc.constantFrom('a', 'b', 'name', 'app.kubernetes.io/name', '10', '-'), text)
const number = fc.oneof(
  fc.integer(),
  fc.maxSafeInteger(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).filter((one) => !Object.is(one, -0)),
)

interface Json {
  value: unknown
  map: object
  list: unknown[]
}

const { value, map, list } = fc.letrec<Json>((tie) => ({
  value: fc.oneof({ maxDepth: 4 }, text, number, fc.boolean(), fc.constant(null), tie('map'), tie('list')),
  map: fc.dictionary(key, tie('value'), { maxKeys: 4, noNullPrototype: true }),
  list: fc.array(tie('value'), { maxLength: 4 }),
}))

/** Strings as users' manifests have them at their worst. */
export const jsonText: fc.Arbitrary<string> = text
export const jsonValue: fc.Arbitrary<unknown> = value
/** Mappings and sequences that are not empty, which `emit` writes as blocks. */
export const jsonBlock: fc.Arbitrary<object> = fc.oneof(map, list).filter((one) => Object.keys(one).length > 0)
