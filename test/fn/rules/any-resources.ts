import fc from 'fast-check'
import { mostly } from './mostly.ts'

const long = (length: number) => 'a'.repeat(length)

const resourceName = fc.oneof(
  { weight: 60, arbitrary: fc.constantFrom('cpu', 'memory', 'ephemeral-storage') },
  { weight: 1, arbitrary: fc.constantFrom('hugepages-2Mi', 'nvidia.com/gpu', 'smarter-devices/fuse') },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      ...['hugepages-1Gi', 'hugepages-x', 'hugepages-', 'hugepages--1', 'hugepages-1m', 'storage', 'pods', '', 'a/b/c'],
      ...['kubernetes.io/batch-cpu', 'foo.kubernetes.io/x', 'requests.foo/x', 'requests.cpu', 'CPU', 'limits.cpu'],
      ...[long(64), `${long(244)}/x`, `${long(245)}/x`, 'Nvidia.com/gpu'],
    ),
  },
)
const quantity = mostly<string | number>(
  ['1', '500m', '8Gi', '2', '4M', 1, 2, 16, '1e3', '128Mi'],
  [
    ...['-1', '-1Gi', '0', '1m', '1.5', '.5', '5.', '1E3', '1e999', '1e-3', '1n', '8E', '10E', '1Ki', '0.0001', '1e18'],
    ...[
      '1000000Ei',
      '-0',
      '+1',
      '9223372036854775807',
      '9223372036854775808',
      '0.0000000001',
      '1.1Gi',
      '3Mi',
      '-1e-10',
    ],
    ...[0, -1, Number.MAX_SAFE_INTEGER],
  ],
)
/** An amount for some resources. */
export const amounts = fc.dictionary(resourceName, quantity, { maxKeys: 3 })
/** What a container asks for and may use. */
export const resources = fc.record({ requests: amounts, limits: amounts }, { requiredKeys: [] })
