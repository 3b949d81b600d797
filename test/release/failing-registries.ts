import { once } from 'node:events'
import { createServer, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A registry in front of another one, which refuses every change below a path. */
export function startRefusing(host: string, path: string) {
  const server = createServer((incoming, outgoing) => {
    if (incoming.url?.startsWith(path) && incoming.method !== 'GET' && incoming.method !== 'HEAD') {
      outgoing.writeHead(403).end('{"errors": [{"code": "DENIED", "message": "denied"}]}')
      return
    }
    const { method, url, headers } = incoming
    const forwarded = request(`http://${host}${url}`, { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(outgoing)
    })
    incoming.pipe(forwarded)
  })
  return listening(server)
}

/** A server that answers everything with a page, as a proxy that asks for a password does. */
export function startPages() {
  return listening(
    createServer((incoming, outgoing) => {
      const isManifest = incoming.url?.includes('/manifests/')
      const type = isManifest ? 'application/vnd.oci.image.index.v1+json' : 'application/json'
      outgoing.writeHead(200, { 'Content-Type': type }).end(isManifest ? '<html>Welcome</html>' : '{}')
    }),
  )
}

async function listening(server: Server) {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { host: `127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => server.close() }
}
