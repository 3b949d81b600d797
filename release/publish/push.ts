import { run } from '../run.ts'

/** What goes to a registry under a version, which never changes once it is there. */
export interface Upload {
  /** `ghcr.io/buildkit-gitops/render-buildkit:v0.2.0` */
  readonly reference: string
  /** Whether what the registry has under the reference is this. */
  readonly isPublished: (manifest: string) => boolean
  readonly push: () => Promise<void>
}

/**
 * Pushes what the registry does not have. Before that it asks for everything: if it has something else under one of the references,
 * nothing is pushed. If the registry fails halfway, the same call later pushes the rest.
 */
export async function pushMissing(uploads: readonly Upload[]): Promise<void> {
  const published = await Promise.all(uploads.map(({ reference }) => publishedManifest(reference)))
  const taken = uploads.filter(({ isPublished }, at) => {
    const manifest = published[at]
    return manifest !== undefined && !isPublished(manifest)
  })
  if (taken.length > 0)
    throw new Error(
      `must not be published yet with other content: ${taken.map(({ reference }) => reference).join(', ')}`,
    )
  for (const { push } of uploads.filter((_, at) => published[at] === undefined)) await push()
}

/** The manifest under a reference; undefined if there is none. */
async function publishedManifest(reference: string): Promise<string | undefined> {
  const manifest = await manifestOf(reference)
  if (manifest === undefined || isJsonObject(manifest)) return manifest
  throw new Error(
    `the registry must answer with a manifest for ${reference}, got ${JSON.stringify(manifest.slice(0, 40))}`,
  )
}

async function manifestOf(reference: string): Promise<string | undefined> {
  try {
    return await run('crane', ['manifest', reference])
  } catch (error) {
    if (/MANIFEST_UNKNOWN|NAME_UNKNOWN/.test((error as Error).message)) return undefined
    throw error
  }
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null
  } catch {
    return false
  }
}
