import type { Rendered } from '../rendering/messages.ts'

const SEVERITIES = ['error', 'warning', 'info'] as const

/** A render in one sentence: `Rendered 1 Pod from 1 Buildkit and 1 BuildkitTemplate: 2 warnings.` */
export function statusOf({ summary, remarks }: Rendered): string {
  const counts = SEVERITIES.flatMap((severity) => {
    const count = remarks.filter((remark) => remark.severity === severity).length
    return count === 0 ? [] : [severity === 'info' ? `${count} info` : `${count} ${severity}${count === 1 ? '' : 's'}`]
  })
  const found = counts.join(', ') || 'no findings'
  return `${summary.charAt(0).toUpperCase()}${summary.slice(1)}: ${found}.`
}
