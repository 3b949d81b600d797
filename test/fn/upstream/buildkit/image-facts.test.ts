import assert from 'node:assert/strict'
import { test } from 'node:test'
import { imageFacts } from '../../../../fn/upstream/buildkit/image-facts.ts'

const digest = `sha256:${'0a'.repeat(32)}`
const version = (major: number, minor: number, patch: number) => ({ version: { major, minor, patch } })
const buildkit = { repository: 'moby/buildkit' }

const CASES = [
  ['moby/buildkit:v0.34.2', { ...buildkit, tag: 'v0.34.2', ...version(0, 34, 2), isRootless: false }],
  ['moby/buildkit:v0.34.2-rootless', { ...buildkit, tag: 'v0.34.2-rootless', ...version(0, 34, 2), isRootless: true }],
  [
    'moby/buildkit:v0.35.0-rc1-rootless',
    { ...buildkit, tag: 'v0.35.0-rc1-rootless', ...version(0, 35, 0), isRootless: true },
  ],
  ['moby/buildkit:v0.34.2 ', { ...buildkit, tag: 'v0.34.2', ...version(0, 34, 2), isRootless: false }],
  ['moby/buildkit:rootless', { ...buildkit, tag: 'rootless', isRootless: true }],
  ['moby/buildkit:master-rootless', { ...buildkit, tag: 'master-rootless', isRootless: true }],
  ['moby/buildkit:buildx-stable-1', { ...buildkit, tag: 'buildx-stable-1', isRootless: false }],
  ['moby/buildkit:not-so-rootless-after-all', { ...buildkit, tag: 'not-so-rootless-after-all', isRootless: false }],
  ['moby/buildkit', { ...buildkit, isRootless: false }],
  [`moby/buildkit@${digest}`, { ...buildkit, digest }],
  [`moby/buildkit:v0.34.2@${digest}`, { ...buildkit, tag: 'v0.34.2', digest, ...version(0, 34, 2), isRootless: false }],
  [
    'localhost:5000/moby/buildkit:v0.34.2',
    { repository: 'localhost:5000/moby/buildkit', tag: 'v0.34.2', ...version(0, 34, 2), isRootless: false },
  ],
  ['localhost:5000/moby/buildkit', { repository: 'localhost:5000/moby/buildkit', isRootless: false }],
  ['example.com/buildkit:v0.34.2-rootless', { repository: 'example.com/buildkit', tag: 'v0.34.2-rootless' }],
  ['example.com/notmoby/buildkit:rootless', { repository: 'example.com/notmoby/buildkit', tag: 'rootless' }],
] as const

for (const [name, known] of CASES) {
  test(`what the name ${name} tells of the image`, () => {
    assert.deepEqual(imageFacts(name), { name, ...known })
  })
}
