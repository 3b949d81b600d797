import assert from 'node:assert/strict'
import { test } from 'node:test'
import { stringify } from 'yaml'
import { runCommand } from '../../fn/commands/run-command.ts'
import { shownText } from '../../fn/results/shown.ts'

const SECRET = 'hunter2hunter2'
/** What is said where each of these is in a template; none of it may have the secret. */
const CONFIGURATIONS: Readonly<Record<string, string>> = {
  'a password of a registry': `[registry."ghcr.io"]\nusername = "ci"\npassword = "${SECRET}"\n`,
  'credentials in the name of a registry': `[registry."https://ci:${SECRET}@ghcr.io/v2"]\nhttp = 1\n`,
  'credentials in a long name of a registry': `[registry."https://ci:${SECRET.repeat(20)}@ghcr.io"]\nhttp = true\n`,
  'credentials in a mirror': `[registry."docker.io"]\nmirrors = ["https://ci:${SECRET}@m.io/v2", "ci:${SECRET}@m.io", "http://ci:${SECRET}@m.io"]\n`,
  'credentials with any characters in a mirror': `[registry."docker.io"]\nmirrors = ["https://oauth2:ya29.${SECRET}/a@m.io", "//x:${SECRET}@m.io", "tok%${SECRET}@m.io"]\nca = ["x"]\n`,
  'credentials with any characters in the name of a registry': `[registry."https://_json_key:{\\"private\\": \\"${SECRET}\\"}@gcr.io"]\nhttp = true\n`,
  'a certificate in base64 where a path must be': `[[registry."a.io".keypair]]\ncert = "LS0tLS1CRUdJThunter2${SECRET}"\n`,
  'credentials where a list must be': `[registry."docker.io"]\nmirrors = "https://ci:${SECRET}@m.io"\n`,
  'credentials in a repository': `[frontend."gateway.v0"]\nallowedRepositories = ["https://ci:${SECRET}@r.io/x"]\n`,
  'a table of credentials': `[registry."ghcr.io".auth]\nidentitytoken = "${SECRET}"\nx = ["${SECRET}"]\n`,
  'an unknown key': `[grpc]\nx = "${SECRET}"\nauth = "${SECRET}"\n`,
  'a misspelt key': `[worker.oci]\nsnapshoter = "${SECRET}"\n`,
  'a label that must be a text': '[worker.oci.labels]\ntoken = 123456789\n',
  'a syntax error beside it': `password = "${SECRET}" oops\n`,
  'a syntax error in it': `password = ${SECRET}\n`,
  'a key that is a private key': `[grpc.tls]\nkey = """-----BEGIN PRIVATE KEY-----\n${SECRET}\n-----END PRIVATE KEY-----"""\ncert = "x"\n`,
  'a token that names its kind': `[log]\nformat = "ghp_${SECRET}${SECRET}"\n`,
  'a path with it': `root = "/x?token=${SECRET}"\n`,
}

const template = (spec: object) =>
  stringify({
    apiVersion: 'buildkit.seatgeek.io/v1alpha1',
    kind: 'BuildkitTemplate',
    metadata: { name: 'small' },
    spec,
  })

/** Everything that commands print of manifests, but for what is the user's own file. */
async function printed(manifests: string): Promise<string> {
  const commands = [...['json', 'sarif', 'github'].map((format) => ['check', '-', '--output', format]), ['check', '-']]
  const outcomes = commands.map((args) => runCommand(args, () => Promise.resolve(Buffer.from(manifests))))
  const built = await runCommand(['build', '-'], () => Promise.resolve(Buffer.from(manifests)))
  const all = (await Promise.all(outcomes)).flatMap(({ stdout, stderr }) => [...stdout, ...stderr])
  return [...all, ...built.stderr].join('\n')
}

for (const [what, buildkitdToml] of Object.entries(CONFIGURATIONS))
  test(`no output has a secret that is in TOML: ${what}`, async () => {
    const text = await printed(template({ buildkitdToml }))
    assert.match(text, /BK\d/, 'something is said')
    assert.ok(!text.includes(SECRET) && !text.includes('123456789'), text)
  })

test('nor where the field for TOML is misspelt, or is no text', async () => {
  for (const spec of [
    { podSpecPatch: { containers: [{ name: 'buildkit', enf: [{ name: 'A', value: SECRET }] }] } },
    {
      podSpecPatch: { containers: [{ $patch: 'replace' }, { name: 'buildkit', env: [{ name: 'A', value: SECRET }] }] },
    },
    { podSpecPatch: { nodeSelector: { a: SECRET }, foo: { a: SECRET } } },
    { env: [{ name: 'A', value: SECRET }] },
    { buildkitdTOML: `password = "${SECRET}"\n` },
    { buildkitToml: `password = "${SECRET}"` },
    { buildkitdToml: { registry: { 'ghcr.io': { password: SECRET } } } },
    { config: { auth: { password: SECRET }, urls: [`https://ci:${SECRET}@m.io`] } },
    { image: `https://ci:${SECRET}@r.io/buildkit` },
  ]) {
    const text = await printed(template(spec))
    assert.ok(!text.includes(SECRET), text)
  }
})

test('a text is shown as it is where nothing in it is a secret', () => {
  const digest = `sha256:${'a'.repeat(64)}`
  for (const text of [
    `must be 1, got "https://m.io:5000/moby/buildkit:v1@${digest}"`,
    'write `registry."m.io:5000"` with `http = true`',
    'ci/builders.yaml:3:5: mail me@example.com',
  ])
    assert.equal(shownText(text), text)
})
