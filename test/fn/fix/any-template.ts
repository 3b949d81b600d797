import { anyToml } from './any-toml.ts'
import { type Pair, wrong } from './pair.ts'
import type { Entry, Node, Pick } from './styled.ts'

const text = (one: string | Pair): Node => ({ text: one })
const map = (...entries: readonly Entry[]): Node => ({ entries })
const entry = (key: string | Pair, value: Node): Entry => ({ key, value })
/** What is wrong with a value is said of its key. */
const marked = (key: string) => wrong(key, key)
const changed = (before: string, after: string): Pair => ({ before, after, marks: [] })

const misspelt = (before: string, after: string, value: Node): Entry => entry(wrong(before, after), value)
const word = (key: string, before: string, after: string): Entry => entry(marked(key), text(changed(before, after)))
const unquoted = (key: string, value: string): Entry => entry(marked(key), { raw: changed(value, `"${value}"`) })

const TOLERATION = map(misspelt('kye', 'key', text('a')), entry('operator', text('Exists')))
const NODE_SELECTOR = map(misspelt('beta.kubernetes.io/arch', 'kubernetes.io/arch', text('arm64')))
const LIMITS = map(entry(marked('cpu'), { raw: changed('8', '4') }), word('memory', '2Gi', '1Gi'))
const CLAIMS = { ...entry(marked('claims'), { list: [map(entry('name', text('gpu')))] }), isRemoved: true }

/** Fields with mistakes that have one correction each, whatever else is wrong. */
const FIELDS: readonly Entry[] = [
  misspelt('imagePullpolicy', 'imagePullPolicy', text('Always')),
  word('image', 'moby/buildkit:v0.34.2', 'moby/buildkit:v0.34.2-rootless'),
  entry(
    'lifecycle',
    map(word('restartPolicy', 'NEVER', 'Always'), misspelt('preStopScrpt', 'preStopScript', { raw: 'true' })),
  ),
  entry('podLabels', map(entry('a', text('b')), unquoted('version', '1.10'))),
  entry('podAnnotations', map(unquoted('n', '12'), entry('x', text('é 😀')))),
  entry('scheduling', map(entry('tolerations', { list: [TOLERATION] }), entry('nodeSelector', NODE_SELECTOR))),
  entry(
    'resources',
    map(
      entry('default', map(entry('limits', LIMITS), CLAIMS)),
      entry('maximum', map(entry('cpu', { raw: '4' }), entry('memory', text('1Gi')))),
    ),
  ),
]

const HEAD = entry('apiVersion', text('buildkit.seatgeek.io/v1alpha1'))

/** A rootless template in which any of these is wrong. */
export function anyTemplate(pick: Pick): Node {
  const fields = FIELDS.filter(() => pick(true, false))
  const toml = pick(true, true, false) ? [entry('buildkitdToml', text(anyToml(pick)))] : []
  const rootless = pick(entry('rootless', { raw: 'true' }), misspelt('rootles', 'rootless', { raw: 'true' }))
  return map(
    HEAD,
    entry('kind', text('BuildkitTemplate')),
    entry('metadata', map(entry('name', text('small')), ...pick([], [entry('labels', map(unquoted('team', '7')))]))),
    entry('spec', map(...pick([rootless, ...fields, ...toml], [...toml, ...fields, rootless]))),
  )
}

/** A Buildkit of it. */
export function anyBuildkit(pick: Pick): Node {
  const template = pick(entry('template', text('small')), word('template', 'smal', 'small'))
  return map(
    HEAD,
    entry('kind', text('Buildkit')),
    entry('metadata', map(entry('name', text('b')))),
    entry('spec', map(template)),
  )
}
