import assert from 'node:assert/strict'
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Scenario } from '../stage.ts'

const CREATE = 'buildx create --name buildkit --driver remote'
const CERTIFICATE_ERRORS = [
  'error reading server preface: remote error: tls: certificate required',
  'error reading server preface: remote error: tls: expired certificate',
  'error reading server preface: remote error: tls: bad certificate',
  'transport: failed to write client preface: tls: failed to verify certificate: x509: certificate signed by unknown authority',
  'transport: failed to write client preface: tls: failed to verify certificate: x509: certificate is valid for t.ns.svc, not x',
]

export const secured: Readonly<Record<string, Scenario>> = {
  'a Secret becomes files for its user alone, and options of the driver': async (stage) => {
    const job = await stage.job()
    const { code, stderr } = await job.connect({ BUILDKITS: 'shop secure', TLS_SECRET: 'ci-client' })
    assert.equal(code, 0, stderr)
    const [name = ''] = await readdir(join(job.folder, 'tmp'))
    const folder = join(job.folder, 'tmp', name)
    assert.equal((await stat(folder)).mode & 0o777, 0o700)
    for (const [file, text] of Object.entries({ 'ca.crt': 'CA', 'tls.crt': 'CERTIFICATE', 'tls.key': 'KEY' })) {
      assert.equal(await readFile(join(folder, file), 'utf8'), text)
      assert.equal((await stat(join(folder, file))).mode & 0o777, 0o600)
    }
    const options = ['servername=secure.builders.svc', `cacert=${folder}/ca.crt`, `cert=${folder}/tls.crt`]
    const flags = [...options, `key=${folder}/tls.key`].map((option) => `--driver-opt ${option}`).join(' ')
    assert.deepEqual((await job.calls()).slice(1, 3), [
      `${CREATE} tcp://10.0.0.9:1234`,
      `${CREATE} --append ${flags} tcp://10.0.0.8:1234`,
    ])
  },

  'a folder with the CA alone is for builders that ask clients for no certificate': async (stage) => {
    const job = await stage.job()
    const TLS_FOLDER = join(job.folder, 'certificates')
    await mkdir(TLS_FOLDER)
    await writeFile(join(TLS_FOLDER, 'ca.crt'), 'CA')
    const { code, stderr } = await job.connect({ BUILDKITS: 'secure', TLS_FOLDER })
    assert.equal(code, 0, stderr)
    const flags = `--driver-opt servername=secure.builders.svc --driver-opt cacert=${TLS_FOLDER}/ca.crt`
    assert.equal((await job.calls())[1], `${CREATE} ${flags} tcp://10.0.0.8:1234`)
  },

  ...Object.fromEntries(
    CERTIFICATE_ERRORS.map((error): [string, Scenario] => [
      `fails at once on: ${error}`,
      async (stage) => {
        const job = await stage.job(Array(9).fill(error))
        const { code, stderr } = await job.connect({ BUILDKITS: 'shop' })
        assert.equal(code, 1)
        assert.equal(
          stderr,
          `error: ${error}; check that ca.crt is the CA of the builders, and that the certificate of the client is valid and signed by theirs\n`,
        )
      },
    ]),
  ),
}
