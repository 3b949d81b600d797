import assert from 'node:assert/strict'
import { test } from 'node:test'
import { manifests, priced } from './two-versions.ts'

const scenarios: Readonly<Record<string, () => Promise<void>>> = {
  'says what requests cost, by the prices of its user': async () => {
    const spec = (cpu: string) => ({
      resources: { default: { requests: { cpu, memory: '4Gi' } } },
      scheduling: { nodeSelector: { disktype: 'ssd' } },
    })
    const [old, young] = [manifests(spec('1'), ['a', 'b']), manifests(spec('2'), ['a', 'b'])]
    const prices = [
      { nodes: { disktype: 'hdd' }, cpu: 9, memoryGiB: 9 },
      { nodes: { disktype: 'ssd' }, cpu: 0.05, memoryGiB: 0.01 },
    ]
    const { text } = await priced([old, young], { currency: 'EUR', prices })
    assert.match(
      text,
      /^Requests cost 204\.40 EUR a month instead of 131\.40\. During the roll, an hour costs 0\.18 EUR more than after it\.$/m,
    )
    const unknown = await priced([old, young], { currency: 'EUR', prices: prices.slice(0, 1) })
    assert.match(
      unknown.text,
      /^Requests cost 0.00 EUR a month, as before\. The price list has no price for nodes with disktype=ssd; they are not in the sum\.$/m,
    )
    const anywhere = manifests({ resources: { default: { requests: { cpu: '1' } } } }, ['a'])
    assert.match(
      (await priced([anywhere, anywhere], { currency: 'EUR', prices })).text,
      /The price list has no price for builders without a nodeSelector; they are not in the sum\.$/m,
    )
  },

  'says what a price list must be, and where it cannot be read': async () => {
    const package_ = manifests({}, ['a'])
    const mistakesIn = async (text: string) => {
      const { stderr } = await priced([package_, package_], text)
      return stderr.map((line) => line.replace(/^.*prices\.yaml/, 'prices.yaml'))
    }
    assert.deepEqual(await mistakesIn(''), ['prices.yaml: error: must be an object, got null'])
    assert.deepEqual(await mistakesIn('currency: EUR\nprices: ]\n'), [
      'prices.yaml:2:9: error: is not valid YAML: Unexpected flow-seq-end token in YAML stream: "]"',
    ])
  },

  'names every mistake in a price list': async () => {
    const prices = [{ nodes: {}, cpu: -1, memory: 2 }]
    const { stderr, text, exitCode } = await priced([manifests({}, ['a']), manifests({}, ['a'])], {
      currency: '',
      prices,
    })
    assert.deepEqual([text, exitCode], ['', 1])
    assert.deepEqual(
      stderr.map((line) => line.replace(/^.*prices\.yaml: /, '')),
      [
        'error: currency: must be a name, such as EUR, got ""',
        'error: prices[0].cpu: must be a price from 0 to 1000000, got -1',
        'error: prices[0].memory: is not a field of `prices[0]`, which has `nodes`, `cpu` and `memoryGiB`',
        'error: prices[0].memoryGiB: is required',
      ],
    )
  },
}

for (const [name, scenario] of Object.entries(scenarios)) test(`diff ${name}`, scenario)
