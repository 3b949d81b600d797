import assert from 'node:assert/strict'
import { test } from 'node:test'
import { rulesBrokenBy } from './rules-broken.ts'

const hex = (length: number) => 'a'.repeat(length)

for (const [image, isOne] of [
  ['moby/buildkit:v0.34.2', true],
  ['registry.example.com:5000/team/buildkit:v0.34.2-rootless', true],
  ['[2001:db8::1]:5000/buildkit:v1', true],
  ['Registry/buildkit:v1', true],
  ['moby/BuildKit:v0.34.2', false],
  ['docker://moby/buildkit:v0.34.2', false],
  [`moby/buildkit:v0.34.2@sha256:${hex(64)}`, true],
  [`moby/buildkit@sha512:${hex(128)}`, true],
  [`moby/buildkit@sha256:${hex(63)}`, false],
  [`moby/buildkit@sha256:${hex(64).toUpperCase()}`, false],
  [`moby/buildkit@md5:${hex(32)}`, false],
  ['moby/buildkit@v0.34.2', false],
] as const)
  test(`${image} is ${isOne ? 'an image' : 'none'}`, () => {
    const template = JSON.stringify({ kind: 'BuildkitTemplate', spec: { image } })
    assert.deepEqual(rulesBrokenBy(template).includes('BK531'), !isOne)
  })
