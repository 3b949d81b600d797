/** Where a single executable starts: it has the renderer and compiled code in itself, so that it reads nothing else and keeps nothing. */
// biome-ignore lint/correctness/noUnresolvedImports: Biome does not know this module of Node.js
import { getAssetKeys, getRawAsset } from 'node:sea'
import { launch } from '../launch.ts'

const renderer = {
  program: () => ({ text: Buffer.from(getRawAsset('renderer')).toString('latin1'), filename: 'render-buildkit' }),
  code: () => (getAssetKeys().includes('code') ? new Uint8Array(getRawAsset('code') as ArrayBuffer) : undefined),
}
launch(process.argv.slice(2), renderer, { module, require })
