import { test } from 'node:test'
import fc from 'fast-check'
import { podNameOf, REPLICAS, REVISIONS } from './laws/engine.ts'
import { EVERYTHING, eventOf, happen, type What } from './laws/event.ts'
import { holdAtRest } from './laws/rest.ts'
import { createWorld, type Setting } from './laws/world.ts'

/** `LAWS_RUNS=100000` looks for what a few seconds do not find. */
const numRuns = Number(process.env.LAWS_RUNS ?? 1000)
const EVENTS_MAX = 30

/** How far a clock is ahead of the API server's, in milliseconds. */
const ahead = fc.constantFrom(0, 0, 0, 700, -700, 90_000, -90_000, 600_000, -600_000)
const clocks = fc.record({ skew: ahead, nodeSkew: ahead })
/** Any of the Pods can only follow, whether or not they share a volume. */
const followers = fc
  .subarray(Array.from({ length: REVISIONS }, (_, revision) => podNameOf(revision)))
  .map((names) => new Set(names))
const mixed = fc.record({ skew: ahead, nodeSkew: ahead, followers, isExclusive: fc.boolean() })
const shared = mixed.map((setting) => ({ ...setting, isExclusive: true }))
const several = fc
  .tuple(mixed, fc.integer({ min: 2, max: REPLICAS }))
  .map(([setting, replicas]) => ({ ...setting, replicas }))

test('a Pod that may become current is not deleted', () => {
  hold(['pod', 'buildkit', 'roll', 'kubelet', 'wait', 'stop', 'restart', 'touch', 'clock'])
})

test('a Pod that may become current is not deleted, even after its Buildkit was deleted', () => {
  hold(['pod', 'buildkit', 'roll', 'wait', 'restart', 'delete', 'heal'])
})

test('the Pod behind a published endpoint is not deleted before its replacement is published, unless that one can only follow', () => {
  const kinds: readonly What[] = ['buildkit', 'roll', 'adopt', 'kubelet', 'wait', 'heal', 'trouble', 'clock']
  hold(kinds)
  hold(kinds, mixed)
  hold(kinds, several)
})

test('a superseded Pod is deleted before its successor serves only if that one exists and can only follow', () => {
  hold(['pod', 'buildkit', 'roll', 'kubelet', 'annotate', 'wait', 'stop', 'restart', 'touch', 'trouble'], mixed)
})

test('Pods that share a volume follow each other, and the last one is published alone', () => {
  hold(['roll', 'kubelet', 'wait', 'heal', 'restart', 'trouble', 'clock'], shared)
})

test('of several Pods that can only follow one goes at a time, and only while all others serve', () => {
  hold(['roll', 'kubelet', 'wait', 'heal', 'restart', 'scale', 'trouble', 'clock'], several)
})

test('an endpoint and the name by which clients verify it change together, and at once', () => {
  hold(['roll', 'kubelet', 'certify', 'wait', 'heal', 'trouble'])
})

test('a Pod of a suspended Buildkit is not deleted', () => {
  const kinds: readonly What[] = ['suspend', 'roll', 'kubelet', 'wait', 'heal', 'restart', 'trouble']
  hold(kinds)
  hold(kinds, mixed)
})

test('a Pod that is being deleted, not ready, or was renamed is never published', () => {
  hold(['roll', 'kubelet', 'rename', 'trouble'])
})

test('a Pod that Git has never named and that the Buildkit has not adopted is never published', () => {
  hold(['buildkit', 'roll', 'kubelet', 'intrude', 'adopt', 'wait', 'restart', 'trouble'])
})

test('whatever happens in a cluster, it settles: the endpoint is correct, and no unneeded Pod remains', () => {
  hold(EVERYTHING)
  hold(EVERYTHING, mixed)
  hold(EVERYTHING, several)
})

/** Lets events of these kinds happen. Every law is looked after whatever they are; they choose the one that is put to the test. */
function hold(kinds: readonly What[], settings: fc.Arbitrary<Setting> = clocks): void {
  const events = fc.array(eventOf(kinds), { minLength: 1, maxLength: EVENTS_MAX })
  const property = fc.property(settings, events, (setting, happenings) => {
    const world = createWorld(setting)
    for (const event of happenings) happen(world, event)
    holdAtRest(world)
  })
  fc.assert(property, { numRuns })
}
