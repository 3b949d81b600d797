import assert from 'node:assert/strict'
import { generateKeyPairSync, X509Certificate } from 'node:crypto'
import process from 'node:process'
import { mock, test } from 'node:test'
import { stringify } from 'yaml'
import { CA, CERTIFICATE, KEY } from '../../../../fn/rules/example-certificates.ts'
import { resultsOf } from '../rules-broken.ts'

const base64 = (text: string | Buffer) => Buffer.from(text).toString('base64')
const FILES = { 'tls.crt': CERTIFICATE, 'tls.key': KEY, 'ca.crt': CA }
const ENCODED = Object.fromEntries(Object.entries(FILES).map(([key, text]) => [key, base64(text)]))

/** What is said of a Secret, as `rule field message`. */
function saidOf(fields: object, tls: object = {}): readonly string[] {
  const manifests = [
    { kind: 'BuildkitTemplate', spec: { tls: { secretName: 'buildkit-tls', serverName: 'example.svc', ...tls } } },
    { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'buildkit-tls' }, ...fields },
  ]
  return resultsOf(manifests.map((object) => stringify(object)).join('---\n')).map(({ tags, field, message }) =>
    [tags?.rule, field?.path, message].join(' '),
  )
}
const plain = (files: Readonly<Record<string, unknown>>) => ({ stringData: { ...FILES, ...files } })
const encoded = (files: Readonly<Record<string, unknown>>) => ({ data: { ...ENCODED, ...files } })

const ENCRYPTED = generateKeyPairSync('ed25519').privateKey.export({
  type: 'pkcs8',
  format: 'pem',
  cipher: 'aes-256-cbc',
  passphrase: 'x',
})
const LEGACY =
  '-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\nAAAA\n-----END RSA PRIVATE KEY-----\n'
const CRT = 'must have a PEM certificate that can be read'

const WRONG: readonly (readonly [what: string, fields: object, said: readonly string[]])[] = [
  [
    'a certificate that is cut',
    plain({ 'tls.crt': CERTIFICATE.replace(/\n[^\n]+\n-----END/, '\n-----END') }),
    [`stringData[tls.crt] ${CRT}`],
  ],
  [
    'a certificate on one line',
    plain({ 'tls.crt': CERTIFICATE.replaceAll('\n', ' ') }),
    [`stringData[tls.crt] ${CRT}`],
  ],
  ['an indented certificate', plain({ 'tls.crt': CERTIFICATE.replace(/^/gm, '  ') }), [`stringData[tls.crt] ${CRT}`]],
  [
    'two certificates without a line break between them',
    plain({ 'ca.crt': CA.trim() + CA }),
    [`stringData[ca.crt] ${CRT}`],
  ],
  ['something else', encoded({ 'tls.crt': base64('not a certificate') }), [`data[tls.crt] ${CRT}`]],
  ['nothing beside other files', plain({ 'ca.crt': '' }), [`stringData[ca.crt] ${CRT}`]],
  [
    'a broken key',
    plain({ 'tls.key': KEY.replace('MC4C', 'AAAA') }),
    ['stringData[tls.key] must have a PEM private key that can be read'],
  ],
  ['a broken CA', encoded({ 'ca.crt': base64(CA.replace('MIIB', 'AAAA')) }), [`data[ca.crt] ${CRT}`]],
  [
    'an encrypted key',
    plain({ 'tls.key': ENCRYPTED }),
    ['stringData[tls.key] must not be encrypted, because buildkitd has no passphrase'],
  ],
  [
    'a key that is encrypted as OpenSSL once did',
    plain({ 'tls.key': LEGACY }),
    ['stringData[tls.key] must not be encrypted, because buildkitd has no passphrase'],
  ],
  [
    'a certificate and a key, swapped',
    plain({ 'tls.crt': KEY, 'tls.key': CERTIFICATE }),
    ['stringData[tls.crt] must have a certificate, got a private key; swap `tls.crt` and `tls.key`'],
  ],
  [
    'a certificate for a key',
    plain({ 'tls.key': CERTIFICATE }),
    ['stringData[tls.key] must have a private key, got a certificate'],
  ],
  ['a key for a CA', plain({ 'ca.crt': KEY }), ['stringData[ca.crt] must have a certificate, got a private key']],
  [
    'a certificate that is not encoded',
    encoded({ 'tls.crt': CERTIFICATE }),
    ['data[tls.crt] must be base64 in `data`, got PEM; move it to `stringData`'],
  ],
  [
    'a certificate that is encoded twice',
    encoded({ 'tls.crt': base64(base64(CERTIFICATE)) }),
    ['data[tls.crt] must be PEM, encoded once in `data` and not at all in `stringData`, got an extra encoding'],
  ],
  [
    'a certificate in base64 as text',
    plain({ 'tls.crt': base64(CERTIFICATE) }),
    ['stringData[tls.crt] must be PEM, encoded once in `data` and not at all in `stringData`, got an extra encoding'],
  ],
  ['DER', encoded({ 'tls.crt': base64(new X509Certificate(CERTIFICATE).raw) }), ['data[tls.crt] must be PEM, got DER']],
]
for (const [what, fields, said] of WRONG)
  test(`a builder cannot read ${what}`, () => {
    assert.deepEqual(
      saidOf(fields),
      said.map((one) => `BK430 ${one}`),
    )
  })

test('what buildkitd reads has nothing to be said of', () => {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
  const parameters = '-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n'
  const ofOpenssl = parameters + privateKey.export({ type: 'sec1', format: 'pem' })
  assert.match(saidOf(plain({ 'tls.key': ofOpenssl })).join('\n'), /^BK424 [^\n]*$/, 'it is read, and another key')
  const commented = `Certificate:\n    Data: …\n${CERTIFICATE}`
  for (const files of [{ 'tls.crt': commented }, { 'tls.crt': CERTIFICATE.replaceAll('\n', '\r\n') }])
    assert.deepEqual(saidOf(plain(files)), [])
  const broken = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n'
  assert.deepEqual(saidOf(plain({ 'ca.crt': broken + CA })), [])
})

test('without client certificates, nobody reads the CA', () => {
  assert.deepEqual(
    saidOf(plain({ 'ca.crt': 'x y' }), { clientAuth: 'None' }).filter((one) => /BK430/.test(one)),
    [],
  )
})

test('what another tool is to fill in is not judged', () => {
  const placeholders = [
    'ENC[AES256_GCM,data:abc]',
    '<path:kv/data/ca#crt>',
    `$${'{CERT}'}`,
    'vault:kv/ca#crt',
    'CHANGE_ME',
  ]
  const partly = ['ref+vault://kv/ca', '-----BEGIN CERTIFICATE-----\n{{ .Values.ca }}\n-----END CERTIFICATE-----']
  for (const text of [...placeholders, ...partly])
    for (const fields of [plain({ 'ca.crt': text }), encoded({ 'ca.crt': base64(text) }), encoded({ 'ca.crt': text })])
      assert.deepEqual(saidOf(fields), [], text)
  assert.deepEqual(saidOf({ data: { 'tls.crt': '', 'tls.key': null } }), [])
})

test('where nothing reads certificates, nothing is said of them', () => {
  const { mock: reader } = mock.method(process, 'getBuiltinModule', () => undefined)
  assert.deepEqual(saidOf(plain({ 'tls.crt': 'a b' })), [])
  assert.ok(reader.callCount() > 0)
  mock.reset()
})

test('a Secret that cannot be read is in no message', () => {
  for (const [, fields] of WRONG) {
    const text = JSON.stringify(saidOf(fields))
    for (const pem of [CERTIFICATE, KEY, CA]) assert.ok(!text.includes(pem.split('\n')[1] ?? pem))
  }
})
