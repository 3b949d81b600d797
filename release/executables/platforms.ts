import { downloadNode, nodeBinary } from '../node-binaries.ts'
import pins from './node-binaries.json' with { type: 'json' }

/** The operating system and the architecture as Kubernetes spells them. */
export type Platform = 'linux-amd64' | 'linux-arm64' | keyof typeof pins

export const PLATFORMS: readonly Platform[] = [
  'linux-amd64',
  'linux-arm64',
  'darwin-amd64',
  'darwin-arm64',
  'windows-amd64',
]

/**
 * The program of Node.js that becomes an executable. For Linux it is the one of the images: Node.js 26 also needs libatomic, which minimal
 * systems lack. For the others Node.js 26, because only of that all are on npm.
 */
export function nodeOf(platform: Platform): Promise<string> {
  return isLinux(platform) ? nodeBinary(platform) : downloadNode(pins[platform])
}

export function isLinux(platform: Platform): platform is 'linux-amd64' | 'linux-arm64' {
  return platform === 'linux-amd64' || platform === 'linux-arm64'
}

/** The libraries of Debian for arm64, of the package libstdc++6-arm64-cross. */
const ARM64 = '/usr/aarch64-linux-gnu'

/** The command that runs a program of a platform on Linux on amd64; undefined where none does. */
export function commandOf(platform: Platform, program: string): readonly [string, ...string[]] | undefined {
  switch (platform) {
    case 'linux-amd64':
      return [program]
    case 'linux-arm64':
      return ['qemu-aarch64-static', '-L', ARM64, program]
    default:
      return undefined
  }
}
