import assert from 'node:assert/strict'
import { API_VERSION } from '../../../crds/names.ts'
import { built } from '../../examples/built.ts'
import { packagePath } from '../../examples/example-names.ts'
import { podsIn } from '../../examples/pods-in.ts'
import { configured } from '../../harness/engines/flux/configured.ts'
import {
  APPLIED,
  FIRST,
  type FluxStage,
  newBuilder,
  READY,
  verdict,
  verdictIs,
} from '../../harness/engines/flux/flux-stage.ts'
import { look } from '../../harness/engines/look.ts'
import { eventually } from '../../harness/servers/eventually.ts'
import type { Scenarios } from './scenarios.ts'

const VARIABLES = { team: 'payments', HOST_IP: '192.0.2.1', quiet: '0' }
const OTLP = { otlp: { serviceName: 'buildkit' } }
const WITH_VARIABLES = { ...FIRST, buildkitdToml: `# of \${team}\n`, observability: OTLP }

const RENDER_CONFIG = `apiVersion: ${API_VERSION}
kind: RenderBuildkit
metadata:
  name: render-buildkit
  annotations:
    config.kubernetes.io/local-config: "true"
`

/** Whether what is applied stays as it was rendered. */
export const DRIFT: Scenarios = {
  'examples/full is applied once, and no drift is found in it': async (stage) => {
    const pkg = await stage.flux.createPackage({ namespace: 'full' })
    const { manifests } = await built(packagePath('full'))
    await pkg.push(manifests)
    await eventually(() => verdict(pkg), APPLIED)
    const before = await specsOf(stage, manifests)
    await pkg.reconcile()
    await pkg.reconcile()
    assert.equal(await verdict(pkg), APPLIED)
    assert.deepEqual(await specsOf(stage, manifests), before)
  },

  'what configures rendering may stand beside the manifests, and reaches no cluster': async (stage) => {
    const builder = await newBuilder(stage)
    await builder.push(`${await builder.rendered(FIRST)}---\n${RENDER_CONFIG}`)
    await eventually(() => verdict(builder), APPLIED)
    const [, , pod] = await builder.inventory()
    assert.deepEqual(await builder.inventory(), ['Buildkit shop', 'BuildkitTemplate small', pod])
  },

  'a package that Flux puts into another namespace is whole there': async (stage) => {
    const elsewhere = await stage.flux.createPackage({ namespace: 'elsewhere' })
    const builder = await newBuilder(stage, { targetNamespace: 'elsewhere' })
    await builder.push(await builder.rendered(FIRST))
    await eventually(async () => (await look(stage.cluster, 'shop', elsewhere.namespace)).ready, READY)
    assert.deepEqual((await builder.look()).pods, [])
  },

  'variables of Flux are substituted around a Pod, and nothing in it is taken for one': async (stage) => {
    const builder = await newBuilder(stage, { postBuild: { substitute: VARIABLES } })
    const rendered = await builder.rendered(WITH_VARIABLES)
    await builder.push(rendered)
    await eventually(async () => (await builder.look()).ready, READY)
    const { request } = stage.cluster
    const [name] = (await builder.look()).pods
    const { body: pod } = await request('GET', `/api/v1/namespaces/${builder.namespace}/pods/${name}`)
    const { body: template } = await request(
      'GET',
      `/apis/${API_VERSION}/namespaces/${builder.namespace}/buildkittemplates/small`,
    )
    assert.deepEqual(contentOf(pod), contentOf(podsIn(rendered)[0]))
    assert.equal(template.spec.buildkitdToml, '# of payments\n')
  },

  'a variable in a template that Flux does not know fails the Kustomization, unless templates stay out of the cluster':
    async (stage) => {
      const builder = await newBuilder(stage, { postBuild: { substitute: { other: 'x' } } })
      await builder.push(await builder.rendered(WITH_VARIABLES))
      await verdictIs(builder, { verdict: 'False BuildFailed', message: /variable not set \(strict mode\): "team"/ })
      await builder.push(await builder.rendered(WITH_VARIABLES, configured('drop-templates')))
      await eventually(async () => (await builder.look()).ready, READY)
    },
}

// biome-ignore lint/suspicious/noExplicitAny: as it was rendered, or as the API server sends it
type Item = any

/** All of a Pod in which a variable could stand. */
function contentOf({ metadata, spec }: Item) {
  const [{ env, lifecycle, args }] = spec.containers
  const values = env.map(({ name, value }: Item) => [name, value])
  return { annotations: metadata.annotations, values, lifecycle, args }
}

/** What a change would move of everything in a package: its uid and resourceVersion, for what has no status. */
async function specsOf({ cluster }: FluxStage, manifests: string) {
  const { stdout, stderr } = await cluster.kubectl(['get', '--filename=-', '--output=json'], { input: manifests })
  assert.equal(stderr, '')
  return JSON.parse(stdout).items.map(({ status, metadata, ...rest }: Item) => ({
    ...rest,
    ...metadata,
    resourceVersion: status === undefined && metadata.resourceVersion,
    managedFields: metadata.managedFields?.filter(({ subresource }: Item) => subresource === undefined),
  }))
}
