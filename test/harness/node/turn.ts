import { once } from 'node:events'
import { createServer } from 'node:net'
import { setTimeout } from 'node:timers/promises'

/** An abstract Unix socket (unix(7)), which the kernel frees when its process ends, however that ends. */
const NAME = '\0buildkit-gitops-test-node'

/**
 * Waits until no other process has a node; the result ends the turn. A node with builders uses a small machine to the full, and tests on
 * two at once would measure each other.
 */
export async function takeTurn(): Promise<() => void> {
  for (;;) {
    const server = createServer()
    server.listen(NAME)
    const isOurs = await once(server, 'listening').then(
      () => true,
      () => false,
    )
    if (isOurs) {
      server.unref()
      return () => server.close()
    }
    await setTimeout(500)
  }
}
