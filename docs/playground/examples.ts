/** Manifests to start with. */
export interface Example {
  readonly name: string
  readonly text: string
}

/** Folders of examples/ that are manifests and nothing else, with what the page calls them. */
export const FOLDERS: Readonly<Record<string, string>> = {
  quickstart: 'Quickstart',
  'own-disk': 'A disk for each builder',
  'company-network': 'Company network',
  tls: 'TLS',
}

/** What `fix` and the rules are for. */
export const WITH_MISTAKES: Example = {
  name: 'With mistakes',
  text: `apiVersion: buildkit.seatgeek.io/v1alpha1
kind: BuildkitTemplate
metadata:
  name: small
  namespace: ci
spec:
  rootless: true
  image: moby/buildkit:v0.34.2
  buildkitdToml: |
    [worker.oci]
    max-paralelism = 3
  lifecycle:
    terminationGracePeriodSeconds: 5
---
apiVersion: buildkit.seatgeek.io/v1alpha1
kind: Buildkit
metadata:
  name: shop
  namespace: ci
spec:
  template: smal
`,
}
