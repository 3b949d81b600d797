/** A collector for the network namespace of a node: accepts whatever OTLP over gRPC sends, and writes the path of each request. */
import { createServer } from 'node:http2'
import process from 'node:process'

const server = createServer()
server.on('stream', (stream, headers) => {
  process.stdout.write(`${headers[':path']}\n`)
  stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true })
  stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }))
  // An empty message: nothing was refused.
  stream.end(Buffer.alloc(5))
  stream.resume()
})
server.listen(4317, '0.0.0.0')
