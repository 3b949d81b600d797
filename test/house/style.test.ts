import assert from 'node:assert/strict'
import { test } from 'node:test'
import { repositoryFiles } from './repository-files.ts'

/** What docs/style.md rules out and a program can find, each with what to write. */
const RULED_OUT: readonly (readonly [RegExp, string])[] = [
  [/\bfor ever\b/, 'forever'],
  [/\b(?:of which|none that|but for|in earnest|without a word|behind the back)\b/, 'a plain clause'],
  [/\b(?:told|tells)\b/, 'reports, shows, says'],
  [/\bspeaks? (?:of|for)\b/, 'describes'],
  [/\b(?:stands|stood)\b|\bstand (?:in|beside|behind|there|at|for)\b/, 'is'],
  [/\bputs? up with\b/, 'tolerates'],
  [/\b(?:Git|engine) wants\b/, 'the current Pod'],
  [/\bheed(?:s|ed)?\b/, 'reads, respects'],
  [/\bmend(?:s|ed)?\b/, 'fix'],
  [/\banew\b/, 'again'],
  [/\bshall\b/, 'must'],
  [/\bshould\b/, 'must, or an imperative'],
  [/\bmust be (?:more|bigger|larger|higher) than\b/, 'must be greater than, must be at least'],
  [/\b(?:hand-over|back-off|start-up|roll-out)\b/, 'handover, backoff, startup, roll'],
  [/\b(?:behaviour|colour|favour|organisation|labelled|misspelt|learnt|analyse|recognise)\w*/, 'American spelling'],
  [/\b(?:don|doesn|isn|can|won|aren|hasn|didn|couldn|wouldn)['’]t\b|\bit['’]s\b/, 'no contraction'],
]

/** Written by programs, or quoting what they rule out. */
const LEFT_OUT = [
  'docs/style.md',
  'docs/modes.md',
  'docs/rules',
  'docs/benchmarks.md',
  'docs/benchmarks-controller.md',
  'fn/rules/buildkitd-toml/BK127-single-brackets.ts',
  'fn/rules/mode/BK312-sandbox-off-as-root.ts',
]

const texts = [
  ...files(
    '{AGENTS,CHANGELOG,CODE_OF_CONDUCT,CONTRIBUTING,README,SECURITY,VERSIONING}.md',
    'docs/**/*.md',
    '{charts,examples,bench}/**/*.md',
  ).map(withoutCode),
  ...files('{charts,config,examples}/**/*.yaml').map(commentsOnly),
  ...files('config/prometheus/rules.yaml'),
  ...files('{controller,crds,demo,docs,fn}/**/*.ts').map(literalsOnly),
]

test('no text has a phrase that docs/style.md rules out', () => {
  assert.deepEqual(texts.flatMap(complaintsAbout), [])
})

test('a phrase that docs/style.md rules out is found, also across lines, and not in code', () => {
  const prose = ['x.md', 'The Pod lives for\never.\n```\ntold\n```\n`stands` is fine.'] as const
  const yaml = ['x.yaml', 'told: 1 # a status of\n# which one stands out\nb: 2'] as const
  const source = ['x.ts', '// told\nconst told = `must be\nmore than 3`'] as const
  assert.deepEqual([withoutCode(prose), commentsOnly(yaml), literalsOnly(source)].flatMap(complaintsAbout), [
    'x.md:1: "for ever"; write forever',
    'x.yaml:1: "of which"; write a plain clause',
    'x.yaml:2: "stands"; write is',
    'x.ts:2: "must be more than"; write must be greater than, must be at least',
  ])
})

type Text = readonly [path: string, text: string]

function files(...patterns: readonly string[]): Text[] {
  return [...repositoryFiles(...patterns)].filter(([path]) => !LEFT_OUT.some((left) => path.startsWith(left)))
}

/** Markdown as it is read, with each line where it was. */
function withoutCode([path, text]: Text): Text {
  const prose = text.replaceAll(/^ *```.*?^ *```/gms, (block) => block.replaceAll(/[^\n]/g, ''))
  return [path, prose.replaceAll(/`[^`\n]*`/g, '`…`').replaceAll(/\]\([^)\s]*\)/g, ']')]
}

function commentsOnly([path, text]: Text): Text {
  return [path, text.replaceAll(/^(?:[^#\n]|(?<!\s)#)*(?:(?<=^|\s)#)?/gm, '')]
}

/** The string literals of a source, each where it was. */
function literalsOnly([path, text]: Text): Text {
  const code = text.replaceAll(/^[ \t]*(?:\/\/|\/?\*).*$|from '.*'$/gm, '')
  return [path, code.replaceAll(/('[^'\n]*'|"[^"\n]*"|`(?:[^`\\]|\\.)*`)|[^\n]/gs, '$1')]
}

function complaintsAbout([path, text]: Text): string[] {
  const found = RULED_OUT.flatMap(([pattern, instead]) =>
    [...text.matchAll(anywhere(pattern))].map(({ index, 0: phrase }) => ({ index, phrase, instead })),
  )
  return found
    .sort((one, other) => one.index - other.index)
    .map(({ index, phrase, instead }) => {
      const line = text.slice(0, index).split('\n').length
      return `${path}:${line}: "${phrase.replaceAll(/\s+/g, ' ')}"; write ${instead}`
    })
}

/** The pattern in upper and lower case, and where a line breaks. */
function anywhere({ source }: RegExp): RegExp {
  return new RegExp(source.replaceAll(' ', '\\s+'), 'gi')
}
