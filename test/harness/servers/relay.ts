import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

export interface Relay {
  readonly port: number
  /** From now on what comes back is so late. */
  readonly delay: (milliseconds: number) => void
  readonly stop: () => Promise<void>
}

/** Takes connections to ports of 127.0.0.1, each the next one in turn. */
export async function startRelay(ports: readonly number[]): Promise<Relay> {
  let lateMilliseconds = 0
  const open = new Set<Socket>()
  let turn = 0
  const server = createServer((near) => {
    const far = connect(ports[turn++ % ports.length] as number, '127.0.0.1')
    near.pipe(far)
    far.on('data', (data) => setTimeout((late) => near.write(late), lateMilliseconds, data))
    for (const socket of [near, far]) {
      open.add(socket)
      socket.on('error', () => undefined)
      socket.on('close', () => {
        open.delete(socket)
        near.destroy()
        far.destroy()
      })
    }
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    delay: (milliseconds) => {
      lateMilliseconds = milliseconds
    },
    stop: async () => {
      const closed = once(server.close(), 'close')
      for (const socket of open) socket.destroy()
      await closed
    },
  }
}
