import { isCredential } from '../../results/toml-texts.ts'
import { templateOf } from '../example.ts'
import { patchedEnvironment, patchesIn } from '../facts/patches.ts'
import type { Rule } from '../rule.ts'

const patch = (variable: object) => ({ containers: [{ name: 'buildkit', env: [variable] }] })

/** A password that everybody can read. */
export const rule: Rule = {
  severity: 'warning',
  text: () => ({
    what: 'A patch has a password, token or key in an environment variable.',
    why: 'It is in Git and in the Pod in clear text. Everyone who can read Pods can read it. Put it into a Secret, and name the Secret in `valueFrom`.',
    source: 'kubernetes v1.37.2, pkg/apis/core/types.go, EnvVarSource',
    example: {
      wrong: templateOf({
        podSpecPatch: patch({ name: 'HTTPS_PROXY', value: 'http://builder:password@proxy.example.com:3128' }),
      }),
      right: templateOf({
        podSpecPatch: patch({ name: 'HTTPS_PROXY', valueFrom: { secretKeyRef: { name: 'proxy', key: 'url' } } }),
      }),
    },
  }),
  of: 'package',
  find: (facts) =>
    patchesIn(facts).flatMap((one) =>
      patchedEnvironment(one).flatMap(({ name, value: { value }, path }) => {
        if (typeof value !== 'string' || value === '' || !isCredential(name, value)) return []
        const message =
          'must not be a credential, which is in Git and in the Pod in clear text; use `valueFrom.secretKeyRef`'
        return [{ item: one.item, path: [...path, 'value'], message }]
      }),
    ),
}
