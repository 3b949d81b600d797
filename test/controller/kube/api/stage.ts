import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { type ApiClient, type ApiClientOptions, createApiClient } from '../../../../controller/kube/api/api-client.ts'
import { inClusterAccess } from '../../../../controller/kube/api/in-cluster.ts'
import { type Authority, type Certificate, createAuthority } from '../../../harness/servers/certificates.ts'
import { type Answerer, json, type LocalServer, startLocalServer } from './local-server.ts'

let made: Promise<{ readonly authority: Authority; readonly certificate: Certificate }> | undefined

/** A client in a Pod, and a stand-in for the API server that shows the certificate which the Pod's CA has signed. */
export interface Stage {
  readonly client: ApiClient
  readonly server: LocalServer
  /** The folder of the ServiceAccount: `token`, `ca.crt`, `namespace`. */
  readonly folder: string
}

export interface Scene {
  readonly answer?: Answerer
  readonly options?: Partial<ApiClientOptions>
}

/** All of it is gone after the test. */
export async function setStage(t: TestContext, { answer = json({}), options = {} }: Scene = {}): Promise<Stage> {
  made ??= makeCertificate()
  const { authority, certificate } = await made
  const server = await startLocalServer(answer, { ...certificate })
  const folder = await mkdtemp(join(tmpdir(), 'service-account-'))
  await writeFile(join(folder, 'token'), 'first\n')
  await writeFile(join(folder, 'ca.crt'), authority.ca)
  await writeFile(join(folder, 'namespace'), 'builders')
  const access = await inClusterAccess({ host: server.url.hostname, port: server.url.port, folder })
  const client = createApiClient(access, { userAgent: 'test/1', ...options })
  t.after(async () => {
    client.close()
    await server.stop()
    await rm(folder, { recursive: true })
  })
  return { client, server, folder }
}

async function makeCertificate() {
  const authority = await createAuthority()
  return { authority, certificate: await authority.issue() }
}
