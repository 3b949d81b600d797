import { join } from 'node:path'
import process from 'node:process'
import type { Buildkit } from '../../../crds/buildkit.ts'
import { eventually } from '../servers/eventually.ts'
import { type Node, startNode } from './node.ts'
import { succeed } from './succeed.ts'

const ROOT = join(import.meta.dirname, '../../..')

/** A real node with our CRDs and the controller. */
export interface BuilderCluster {
  readonly node: Node
  /** Renders a package and applies it, as an engine does. */
  readonly apply: (folder: string) => Promise<void>
  readonly status: (name: string) => Promise<Status>
  /** The columns ENDPOINT, READY and REASON of `kubectl get buildkits`. */
  readonly columns: (name: string) => Promise<readonly string[]>
  readonly endpoint: (name: string) => Promise<string>
  /** The endpoint, once the builder is ready; an error after `seconds`. */
  readonly readyEndpoint: (name: string, seconds?: number) => Promise<string>
  /** The names of its Pods, those that are being deleted in brackets. */
  readonly pods: (name: string) => Promise<readonly string[]>
  /** Ends the controller, which is a process beside the cluster; its builders stay. */
  readonly stopController: () => Promise<void>
  readonly stop: () => Promise<void>
}

/** The endpoints and the condition `Ready` of a builder; empty where they are not set. */
interface Status {
  readonly endpoint: string
  readonly endpoints: NonNullable<NonNullable<Buildkit['status']>['endpoints']>
  readonly ready: string
  readonly reason: string
  readonly message: string
}

interface PodList {
  readonly items: readonly { readonly metadata: { readonly name: string; readonly deletionTimestamp?: string } }[]
}

/** `namespace` is where the builders are that it is asked for. */
export async function startBuilderCluster(args: readonly string[], namespace = 'default'): Promise<BuilderCluster> {
  const node = await startNode()
  try {
    await node.kubectl(['apply', '-f', join(ROOT, 'crds/generated')])
    const flags = [`--kubeconfig=${node.kubeconfig}`, ...args]
    const controller = node.start(process.execPath, [join(ROOT, 'controller/main.ts'), ...flags], 'controller.log')
    return { node, stopController: controller.stop, stop: node.stop, ...commandsFor(node, namespace) }
  } catch (error) {
    await node.stop()
    throw error
  }
}

function commandsFor(node: Node, namespace: string): Omit<BuilderCluster, 'node' | 'stop' | 'stopController'> {
  const statusOf = async (name: string): Promise<Status> => {
    const path = `/apis/buildkit.seatgeek.io/v1alpha1/namespaces/${namespace}/buildkits/${name}`
    const { status } = (await node.read(path)) as Pick<Buildkit, 'status'>
    const ready = status?.conditions?.find(({ type }) => type === 'Ready')
    return {
      endpoint: status?.endpoint ?? '',
      endpoints: status?.endpoints ?? [],
      ready: ready?.status ?? '',
      reason: ready?.reason ?? '',
      message: ready?.message ?? '',
    }
  }
  const columns = async (name: string) => {
    const { endpoint, ready, reason } = await statusOf(name)
    return [endpoint, ready, reason]
  }
  const endpoint = async (name: string) => (await statusOf(name)).endpoint
  return {
    status: statusOf,
    columns,
    endpoint,
    apply: async (folder) => {
      const manifests = await succeed(process.execPath, [join(ROOT, 'fn/main.ts'), 'build', folder])
      await node.kubectl(['apply', '-f', '-'], manifests)
    },
    readyEndpoint: async (name, seconds = 60) => {
      await eventually(async () => (await columns(name)).slice(1), ['True', 'PodReady'], seconds)
      return endpoint(name)
    },
    pods: async (name) => {
      const selector = encodeURIComponent(`buildkit.seatgeek.io/buildkit=${name}`)
      const list = await node.read(`/api/v1/namespaces/${namespace}/pods?labelSelector=${selector}`)
      return (list as PodList).items.map(({ metadata }) =>
        metadata.deletionTimestamp ? `(${metadata.name})` : metadata.name,
      )
    },
  }
}
