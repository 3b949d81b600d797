import { appendFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { connect } from 'node:net'
import process from 'node:process'

/**
 * A proxy of a company, as a program: `company-proxy.ts PORT LOG HOST=PORT…`. It alone knows the named hosts, each of which is a port of this machine; it answers plain
 * requests itself, with the host that was asked for. Its log has a line for each request.
 */
const [port = '', log = '', ...hosts] = process.argv.slice(2)
const ports = new Map(hosts.map((host) => host.split('=') as [string, string]))

const server = createServer((request, response) => {
  appendFileSync(log, `${request.method} ${request.url}\n`)
  response.end(`${URL.parse(request.url ?? '')?.host} through the proxy\n`)
})
server.on('connect', ({ url = '' }, client, head) => {
  appendFileSync(log, `CONNECT ${url}\n`)
  const target = ports.get(url.split(':')[0] ?? '')
  if (target === undefined) return client.end('HTTP/1.1 502 Bad Gateway\r\n\r\n')
  const upstream = connect(Number(target), '127.0.0.1', () => {
    client.write('HTTP/1.1 200 Connection Established\r\n\r\n')
    upstream.write(head)
    upstream.pipe(client).pipe(upstream)
  })
  for (const socket of [upstream, client]) socket.on('error', () => [upstream, client].map((each) => each.destroy()))
})
server.listen(Number(port))
