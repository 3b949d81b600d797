import { createSocket } from 'node:dgram'
import process from 'node:process'
import { AUTHORITATIVE_ANSWER, decode, encode } from 'dns-packet'
import { readObject } from './read-object.ts'

/** A program that answers for the names of Services with the Pods that are ready: what CoreDNS and kube-proxy do together, in one step. */
const [socket = '', address = ''] = process.argv.slice(2)

interface EndpointSlices {
  readonly items: readonly {
    readonly endpoints?: readonly {
      readonly addresses: readonly string[]
      readonly conditions: { readonly ready?: boolean }
    }[]
  }[]
}

/** The addresses behind `<service>.<namespace>.svc` and longer forms of it. */
async function addressesOf(name: string): Promise<readonly string[]> {
  const [service = '', namespace = '', svc] = name.split('.')
  if (svc !== 'svc') return []
  const selector = encodeURIComponent(`kubernetes.io/service-name=${service}`)
  const path = `/apis/discovery.k8s.io/v1/namespaces/${namespace}/endpointslices?labelSelector=${selector}`
  const { items } = (await readObject(socket, path)) as EndpointSlices
  const endpoints = items.flatMap((slice) => slice.endpoints ?? [])
  return endpoints.filter(({ conditions }) => conditions.ready).flatMap(({ addresses }) => addresses)
}

/** The answer to a question about a name; empty for all but IPv4 addresses of Services. */
async function answerTo(message: Buffer): Promise<Buffer> {
  const { id, questions = [] } = decode(message)
  const [question] = questions
  const addresses = question?.type === 'A' ? await addressesOf(question.name).catch(() => []) : []
  const answers = addresses.map((data) => ({ type: 'A' as const, name: question?.name ?? '', ttl: 0, data }))
  return encode({ type: 'response', id, questions, answers, flags: AUTHORITATIVE_ANSWER })
}

const server = createSocket('udp4')
server.on('message', async (message, { port, address: client }) => {
  server.send(await answerTo(message), port, client)
})
server.bind(53, address)
