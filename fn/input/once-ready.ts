const PAUSE_MILLISECONDS = 5

/** What `transfer` returns once its file is ready for it: some programs start others with pipes that do not wait. */
export function onceReady(transfer: () => number): number {
  for (;;) {
    try {
      return transfer()
    } catch (error) {
      if ((error as { code?: string }).code !== 'EAGAIN') throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MILLISECONDS)
    }
  }
}
