import assert from 'node:assert/strict'
import { test } from 'node:test'
import { stringify } from 'yaml'
import { resultsOf } from '../rules-broken.ts'

/** What is said of a template with TLS and this `spec`, as `rule field message`. */
function said(spec: object, tls: object = {}): readonly string[] {
  const manifest = { kind: 'BuildkitTemplate', spec: { tls: { secretName: 'a', ...tls }, ...spec } }
  return resultsOf(stringify(manifest)).map(({ tags, field, message }) => [tags?.rule, field?.path, message].join(' '))
}

const times = (certificate: object, spec: object = {}) =>
  said(spec, { certificate: { issuerRef: { name: 'a' }, ...certificate } }).map((one) =>
    one.replace('spec.tls.certificate.', ''),
  )

test('cert-manager takes certificates of an hour at least, and renews them within', () => {
  assert.deepEqual(times({ duration: '59m' }).slice(0, 1), ['BK428 duration must be at least "1h", got "59m"'])
  assert.deepEqual(times({ renewBefore: '4m59s' }).slice(0, 1), [
    'BK428 renewBefore must be at least "5m", got "4m59s"',
  ])
  const whole = 'BK428 renewBefore must be less than `duration`, which is'
  assert.deepEqual(times({ duration: '24h', renewBefore: '1440m' }), [`${whole} "24h", got "1440m"`])
  assert.deepEqual(times({ renewBefore: '2160h' }), [`${whole} "2160h", got "2160h"`])
})

test('a busy builder starts again before its certificate ends', () => {
  const late = (field: string, wanted: string, got: string) =>
    `BK429 ${field} must be at least "${wanted}" that a busy builder may take to start again, got "${got}"`
  assert.deepEqual(times({ duration: '24h', renewBefore: '30m' }), [late('renewBefore', '75m', '30m')])
  assert.deepEqual(times({ duration: '24h', renewBefore: '75m' }), [])
  const lifecycle = { terminationGracePeriodSeconds: 3600 }
  assert.deepEqual(times({ duration: '24h', renewBefore: '75m' }, { lifecycle }), [late('renewBefore', '120m', '75m')])
  assert.deepEqual(times({ duration: '3h' }), [late('duration', '225m", three times the "75m', '3h')])
  assert.deepEqual(times({ duration: '4h' }), [])
  assert.deepEqual(times({}), [])
})

test('a builder starts again after a renewal, and drains before', () => {
  const about = (lifecycle: object) => said({ lifecycle }).filter((one) => /BK55[23]/.test(one))
  assert.deepEqual(about({ restartPolicy: 'Never' }), [
    'BK552 spec.lifecycle.restartPolicy must be "Always" with `spec.tls`, got "Never"; the container does not start again after its certificate is renewed',
  ])
  assert.deepEqual(about({ restartPolicy: 'OnFailure' }), [])
  assert.deepEqual(about({ preStopScript: false }), [
    'BK553 spec.lifecycle.preStopScript must be true with `spec.tls`, got false; a busy builder stops without draining after its certificate is renewed',
  ])
  const plain = resultsOf('kind: BuildkitTemplate\nspec: {lifecycle: {preStopScript: false, restartPolicy: Never}}\n')
  assert.deepEqual(
    plain.filter(({ tags }) => /BK55[23]/.test(String(tags?.rule))),
    [],
  )
})

test('a CA in the file applies with `clientAuth: None`', () => {
  const buildkitdToml = '[grpc.tls]\nca = "/ca.crt"\n'
  assert.deepEqual(said({ buildkitdToml }, { clientAuth: 'None' }), [
    'BK422 spec.buildkitdToml `grpc.tls.ca` must be left out with `clientAuth: None`, because it makes buildkitd require certificates of clients; set `spec.tls.clientAuth: Require`, with `ca.crt` in the Secret',
  ])
  assert.ok(!said({ buildkitdToml }).some((one) => one.startsWith('BK422')))
})
