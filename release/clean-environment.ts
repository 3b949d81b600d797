import process from 'node:process'

/**
 * Variables by which programs find other programs, their settings and the network. None changes the bytes of an artifact. By SUDO_UID,
 * Git knows that the repository belongs to the user who called sudo.
 */
const KEPT =
  /^(path|home|user|sudo_uid|tmpdir|xdg_\w+|\w+_proxy|ssl_cert_\w+|git_ssl_\w+|node_extra_ca_certs|(npm_config|docker|buildx|helm)_\w+)$/i

/** The environment of the programs that make a release. It lacks GZIP, TAR_OPTIONS, ZIPOPT, NODE_OPTIONS and their like. */
export function cleanEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => KEPT.test(name))
  return { ...Object.fromEntries(kept), LC_ALL: 'C', TZ: 'UTC' }
}
