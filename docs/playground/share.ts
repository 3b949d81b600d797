import { fragmentOf, opened } from './fragment.ts'

/** Manifests in the address of the page; undefined where it carries none. */
export async function textInAddress(): Promise<Awaited<ReturnType<typeof opened>> | undefined> {
  const fragment = location.hash.slice(1)
  return fragment === '' ? undefined : opened(fragment)
}

/** Takes manifests out of the address, which no longer fit it. */
export function clearAddress(): void {
  if (location.hash) history.replaceState(null, '', location.pathname + location.search)
}

/** Puts manifests into the address of the page and copies it; a sentence says what became of it. */
export async function share(text: string): Promise<string> {
  const carried = await fragmentOf(text)
  if ('error' in carried) return carried.error
  history.replaceState(null, '', `#${carried.fragment}`)
  try {
    await navigator.clipboard.writeText(location.href)
    return 'The link is copied. Whoever opens it gets these manifests; no server does.'
  } catch {
    return 'The address of this page is now the link. Copy it from there.'
  }
}
