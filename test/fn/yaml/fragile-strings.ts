import fc from 'fast-check'

/** In every spelling, as some readers have only the lower-case ones and others more. */
const WORDS = 'y n yes no on off true false null inf nan'.split(' ').flatMap(spellings)

/** Numbers, dates and times to some reader, or nearly so; each with every sign. */
const NUMBERS = [
  ...[
    '0',
    '00',
    '0644',
    '08',
    '12',
    '1_000',
    '1__0',
    '_1',
    '1_',
    '0_7',
    '12345678901234567890',
    '18446744073709551615',
  ],
  ...['9223372036854775807', '9223372036854775808', '18446744073709551616', '0777777777777777777777777'],
  ...['0x1F', '0X1F', '0x_1F', '0x', '0xg', '0xFFFFFFFFFFFFFFFFF', '0b1', '0B1', '0b_', '0b-1', '0b+1', '0b2', '0B-1'],
  ...['0o17', '0O17', '0o8', '0o-7', '0x8000000000000000', '0x8000000000000001', `0b1${'0'.repeat(63)}`, '0x1p-2'],
  ...[
    '1.',
    '1.0',
    '1.10',
    '.5',
    '.5_0',
    '._5',
    '.5_',
    '1_.5',
    '1._',
    '.e5',
    '0.',
    '1.2.3',
    '1.5_5e1_0',
    '0.1',
    '1e30',
    'e8',
    'E+2',
  ],
  ...['1e3', '1E3', '1e+3', '1.0e+3', '1e-3', '1e', '12e4567', '1e999', '-1e999', '1e-999', '1.5e300', '123456789.5'],
  ...['12:30', '190:20:30', '1:30.5', '1:60', '01:30', '1:', '.inf', '.Inf', '.INF', '.iNF', '.nan', '.NaN', '.', '..'],
  ...['2001-01-01', '2001-1-1', '2001-13-45', '2001-12-14t21:59:43.10-05:00', '2001-12-14 21:59:43.10 -5'],
  ...['2001-12-15 2:59:43.10', '2001-12-15T02:59:43Z', '20011215T02', '1Gi', '10m', '4711a', '1e3a', '10.0.0.0/8'],
].flatMap((number) => ['', '-', '+'].map((sign) => sign + number))

/** What YAML, JSON or a terminal may take for something. */
const SPECIAL = [
  ...' \t\n\r!"#%&\'*,-:<=>?@[]\\^`{|}~$()/+._'.split(''),
  ...range(0x00, 0x20),
  ...range(0x7e, 0xa1),
  ...range(0xad, 0xae),
  ...range(0x2027, 0x202b),
  ...[
    '\u200b',
    '\u3000',
    '\ufeff',
    '\ufffd',
    '\ufffe',
    '\uffff',
    '\ud7ff',
    '\ue000',
    '😀',
    '\u{1fffe}',
    '\u{10ffff}',
    'é',
  ],
  ...[
    '--',
    '---',
    '...',
    ': ',
    ' #',
    '- ',
    '? ',
    '<<',
    '*a',
    '&a',
    '!a',
    '!!str',
    '%YAML 1.1',
    '|',
    '>-',
    '{{',
    '\r\n',
  ],
]
const AROUND: readonly ((special: string) => string)[] = [
  (special) => special,
  (special) => `${special}a`,
  (special) => `a${special}`,
  (special) => `a${special}b`,
  (special) => ` ${special}`,
  (special) => `${special}\n`,
  (special) => `${special}\na`,
  (special) => `a\n${special}`,
  (special) => `a\n${special}b\n`,
  (special) => `a${special}\nb`,
  (special) => `a\n  ${special}\n\nb\n`,
  (special) => `${special} envFrom: [{secretRef: {name: prod}}]\n#`,
]

/** Text that stays text wherever its lines or their ends are looked at. */
const LINES = [
  ...[
    '',
    '\n',
    '\n\n',
    ' \n',
    '\n ',
    'a\n',
    'a\n\n',
    'a\n\n\n',
    '\na',
    '\n\na\n',
    'a\n\n\nb',
    'a \nb',
    'a\n \nb',
    'a\n b\n',
  ],
  ...[
    'a\n---\nb',
    '---\na',
    'a\n...\n',
    'a\n- b\n',
    '# a\nb',
    'a\n# b\n',
    'a: b\nc: d\n',
    'a\n\tb',
    'a\tb\nc',
    'a\r\nb\r\n',
  ],
  ...[80, 81, 1000, 1001, 1022, 1023, 1024, 1025, 5000].flatMap((length) => [
    'x'.repeat(length),
    'x '.repeat(length / 2),
    `"${'é'.repeat(length)}`,
    `a\n${'x y '.repeat(length / 4)}z\n`,
  ]),
]

const KNOWN = [...WORDS, ...NUMBERS, ...SPECIAL.flatMap((special) => AROUND.map((around) => around(special))), ...LINES]

const piece = fc.constantFrom(...SPECIAL, ...'abn01xXe'.split(''), 'on', '0x')
const digits = fc.string({
  unit: fc.constantFrom(...'0123456789abefoxXBOE_+-.:'.split('')),
  minLength: 1,
  maxLength: 9,
})

const random = fc.oneof(
  { weight: 2, arbitrary: fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join('')) },
  digits,
  fc.string({ unit: 'grapheme', maxLength: 8 }),
)

/** Strings that some reader takes for something else where they are not written with care. */
export const fragileString: fc.Arbitrary<string> = fc.oneof(fc.constantFrom(...KNOWN), random)

/** All such strings that are known, and about `count` random ones. */
export function fragileStrings(count: number, seed: number): readonly string[] {
  return [...new Set([...KNOWN, ...fc.sample(random, { numRuns: count, seed })])]
}

/** Plain scalars on whose meaning readers of YAML disagree, or that are nearly one of them: `count` random ones and those above. */
export function plainScalars(count: number, seed: number): readonly string[] {
  const some = fc.sample(digits, { numRuns: count, seed })
  return [...new Set([...WORDS, ...NUMBERS, '~', '=', '<<', 'a', 'yes please', ...some])].filter(isPlain)
}

/** Whether YAML lets a text stand without quotes. */
function isPlain(text: string): boolean {
  return !/^(?:[-?:](?: |$)|---|\.\.\.)|:(?: |$)/.test(text)
}

function spellings(word: string): readonly string[] {
  return [...word].reduce<readonly string[]>(
    (all, char) => all.flatMap((start) => [start + char, start + char.toUpperCase()]),
    [''],
  )
}

function range(from: number, to: number): readonly string[] {
  return Array.from({ length: to - from }, (_, at) => String.fromCharCode(from + at))
}
