import { request } from 'node:http'

/** Where `kubectl proxy` listens in the folder of a node: a file is reached from outside its network namespace. */
export const PROXY_SOCKET = 'api.sock'

/** What the API server answers to a GET; `socket` is that of `kubectl proxy`. A process of kubectl for each look would cost far more than the look. */
export function readObject(socket: string, path: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const sent = request({ socketPath: socket, path, timeout: 10_000 }, (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (part: string) => {
        text += part
      })
      response.on('end', () => {
        if (response.statusCode === 200) resolve(JSON.parse(text))
        else reject(new Error(`${path}: ${response.statusCode} ${text}`))
      })
      response.on('error', reject)
    })
    sent.on('timeout', () => sent.destroy(new Error(`${path}: no answer for ten seconds`)))
    sent.on('error', reject)
    sent.end()
  })
}
