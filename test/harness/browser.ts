import { type Browser, chromium } from 'playwright-core'
import { binary } from './servers/binaries.ts'

/** Starts Chromium without a screen. */
export async function startBrowser(): Promise<Browser> {
  // Root has no sandbox, and everything that is opened is ours.
  return await chromium.launch({ executablePath: binary('chromium'), args: ['--no-sandbox'] })
}
