import type { ServerResponse } from 'node:http'

/** Hears which versions a server tells of; `told` is the latest one. */
export function listener() {
  let latest = 0
  const hear = (text = '') => {
    for (const [, version] of text.matchAll(/"resourceVersion":"(\d+)"/g)) latest = Math.max(latest, Number(version))
  }
  const listenedTo = (response: ServerResponse) => {
    const [write, end] = [response.write.bind(response), response.end.bind(response)]
    response.write = ((text: string, ...rest: []) => {
      hear(text)
      return write(text, ...rest)
    }) as ServerResponse['write']
    response.end = ((text?: string) => {
      hear(text)
      return text === undefined ? end() : end(text)
    }) as ServerResponse['end']
    return response
  }
  return { told: () => latest, listenedTo }
}
