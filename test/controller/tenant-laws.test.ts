import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { afterLook, isOpenIn } from '../../controller/act/breaker.ts'
import { type Counts, countsOf } from '../../controller/act/counts.ts'
import { type Cache, type Change, deleteObject, type Listed, setObject } from '../../controller/kube/watch/cache.ts'
import { observe } from '../../controller/observe/observe.ts'
import { takeBuildkit, takePod } from '../../controller/observe/take-change.ts'
import { createStore, keyOf, namespaceOf, type Store } from '../../controller/store.ts'
import { at, buildkit, FIRST, pendingPod, SECOND, THIRD } from './decide-cases/builder.ts'

const GRACES = { handoverMilliseconds: 0, quarantineMilliseconds: 0, orphanMilliseconds: 0 }
const NAMESPACES = ['quiet', 'noisy'] as const
const BUILDERS = ['b', 'c'] as const

/** Something that a watch says of an object in one of two namespaces, where everything has the same names. */
interface Happening {
  readonly namespace: (typeof NAMESPACES)[number]
  readonly what: 'Buildkit' | 'Pod'
  readonly isGone: boolean
  readonly builder: string
  readonly podName: string
}

const happening: fc.Arbitrary<Happening> = fc.record({
  namespace: fc.constantFrom(...NAMESPACES),
  what: fc.constantFrom('Buildkit' as const, 'Pod' as const),
  isGone: fc.boolean(),
  builder: fc.constantFrom(...BUILDERS),
  podName: fc.constantFrom(FIRST, SECOND, THIRD),
})

/** A store with the caches of the watches that feed it. */
function createFedStore() {
  const store = createStore()
  const buildkits: Cache<ReturnType<typeof buildkit>> = new Map()
  const pods: Cache<ReturnType<typeof pendingPod>> = new Map()
  const take = ({ namespace, what, isGone, builder, podName }: Happening, time: number): readonly string[] => {
    const version = { namespace, resourceVersion: String(time) }
    if (what === 'Buildkit') {
      const object = buildkit(podName, {}, { ...version, name: builder, uid: `${namespace} ${builder}` })
      return changesIn(buildkits, object, isGone).flatMap((change) => takeBuildkit(store, change, at(time)))
    }
    const object = pendingPod(podName, { ...version, uid: `${namespace} ${podName}`, buildkit: builder })
    return changesIn(pods, object, isGone).flatMap((change) => takePod(store, change, at(time)))
  }
  return { store, take }
}

function changesIn<T extends Listed>(cache: Cache<T>, object: T, isGone: boolean): readonly Change<T>[] {
  return isGone ? deleteObject(cache, object) : setObject(cache, object)
}

/** All that is known of a namespace. */
function known(store: Store, namespace: string) {
  const observations = BUILDERS.map((builder) => observe(store, keyOf(namespace, builder), GRACES))
  return { observations, counts: countsOf(store).get(namespace) }
}

test('whatever happens in one namespace, what is known of another is as if it were alone', () =>
  fc.assert(
    fc.property(fc.array(happening, { maxLength: 40 }), (happenings) => {
      const [both, alone] = [createFedStore(), createFedStore()]
      for (const [time, each] of happenings.entries()) {
        const keys = both.take(each, time)
        assert.deepEqual(new Set(keys.map(namespaceOf)), new Set(keys.length > 0 ? [each.namespace] : []))
        if (each.namespace === 'quiet') assert.deepEqual(alone.take(each, time), keys)
      }
      assert.deepEqual(known(both.store, 'quiet'), known(alone.store, 'quiet'))
    }),
  ))

const counts: fc.Arbitrary<Counts> = fc
  .record({ buildkits: fc.nat(40), pods: fc.nat(60), share: fc.double({ min: 0, max: 1, noNaN: true }) })
  .map(({ buildkits, pods, share }) => ({ buildkits, pods, orphans: Math.floor(pods * share) }))

test('a namespace that has too many orphans by itself keeps no orphan of another', () =>
  fc.assert(
    fc.property(counts, fc.integer({ min: 11, max: 10_000 }), (quiet, orphans) => {
      fc.pre(quiet.buildkits > 0)
      const noisy = { buildkits: 0, pods: orphans, orphans }
      const beside = afterLook(new Map(), new Map(Object.entries({ noisy, quiet })))
      const alone = afterLook(new Map(), new Map([['quiet', quiet]]))
      assert.deepEqual([isOpenIn(beside, 'noisy'), isOpenIn(beside, 'quiet')], [true, isOpenIn(alone, 'quiet')])
    }),
  ))
