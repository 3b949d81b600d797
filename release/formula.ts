import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { checksumsOf } from './checksums.ts'
import { archiveName } from './executables.ts'
import type { Release } from './release.ts'
import { SOURCE } from './source.ts'

/** How Homebrew names what `archiveName` names. */
const BLOCKS = [
  ['macos', 'arm', 'darwin-arm64'],
  ['macos', 'intel', 'darwin-amd64'],
  ['linux', 'arm', 'linux-arm64'],
  ['linux', 'intel', 'linux-amd64'],
] as const

/** Writes the formula by which Homebrew installs the executable of a release. */
export async function makeFormula({ version, folder }: Release): Promise<void> {
  const checksums = new Map((await checksumsOf(folder)).map((file) => [file.name, file.sha256]))
  const blocks = BLOCKS.map(([system, processor, platform]) => {
    const archive = archiveName(platform)
    const sha256 = checksums.get(archive)
    if (sha256 === undefined) throw new Error(`must have ${archive}, which the formula of Homebrew names`)
    return `  on_${system} do
    on_${processor} do
      url "${SOURCE}/releases/download/v${version}/${archive}"
      sha256 "${sha256}"
    end
  end
`
  })
  await writeFile(
    join(folder, 'render-buildkit.rb'),
    `class RenderBuildkit < Formula
  desc "Render Buildkits and BuildkitTemplates into Pods"
  homepage "${SOURCE}"
  version "${version}"
  license "Apache-2.0"

${blocks.join('\n')}
  def install
    bin.install "render-buildkit"
  end

  test do
    assert_match version.to_s, shell_output("#{bin}/render-buildkit --version")
  end
end
`,
  )
}
