export const template = (port = 1234) => ({ kind: 'BuildkitTemplate', metadata: { namespace: 'ci' }, spec: { port } })
export const buildkit = (name: string, namespace = 'ci') => ({ kind: 'Buildkit', metadata: { name, namespace } })
export const policy = (name: string, spec: object, namespace = 'ci') => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name, namespace },
  spec,
})
export const ALL = { podSelector: {} }
export const CLIENTS = { from: [{ podSelector: { matchLabels: { app: 'runner' } } }] }
export const only = (name: string) => ({ podSelector: { matchLabels: { 'buildkit.seatgeek.io/buildkit': name } } })
