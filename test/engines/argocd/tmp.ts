import { startArgoCdStage } from './argocd-stage.ts'
import { PLUGIN } from './plugin-scenarios.ts'

const stage = await startArgoCdStage()
try {
  await PLUGIN['ten thousand files are rendered in a minute']!(stage, console.log)
} catch (e) {
  console.log(String(e).slice(0, 600))
} finally {
  await import('node:child_process').then((c) =>
    c.execSync(
      "for d in /tmp/argocd-*/; do grep -h 'duration\\|Generating\\|level=error' $d/argocd-cmp-server.log | tail -20 | cut -c1-400; grep -h 'error\\|execution\\|time_ms' $d/argocd-repo-server.log | tail -20 | cut -c1-300; done; uptime",
      { stdio: 'inherit' },
    ),
  )
  await stage.stop()
}
