import assert from 'node:assert/strict'
import { test } from 'node:test'
import { saidOf } from './said-of.ts'

/** Configurations of registries, and all that this chapter says of them. */
const SAID: Readonly<Record<string, readonly string[]>> = {
  '[registry."*.example.com"]\nhttp = true\n[registry."_default"]\nhttp = true\n[registry."10.0.0.0/8"]\nhttp = true\n[registry."10.0.0.1-10.0.0.9"]\nhttp = true\n[registry."::/0"]\nhttp = true\n':
    [
      'warning BK121 1:11 `registry."*.example.com"` must name one host; BuildKit has no wildcards and no default; write a table for each registry',
      'warning BK121 3:11 `registry._default` must name one host; BuildKit has no wildcards and no default; write a table for each registry',
      'warning BK121 5:11 `registry."10.0.0.0/8"` must name one host, got a network; list its hosts one by one',
      'warning BK121 7:11 `registry."10.0.0.1-10.0.0.9"` must name one host, got a network; list its hosts one by one',
      'warning BK121 9:11 `registry."::/0"` must name one host, got a network; list its hosts one by one',
    ],
  '[registry."registry-1.docker.io"]\nmirrors = ["m.io"]\n[registry." quay.io"]\n[registry."GHCR.io:443"]\n[registry."r.io/team"]\n[registry."http://m.io:5000"]\n':
    [
      'warning BK121 1:11 `registry."registry-1.docker.io"` must be "docker.io", as in image names; write `registry."docker.io"` → registry."docker.io"',
      'warning BK121 3:11 `registry." quay.io"` must be "quay.io", as in image names; write `registry."quay.io"` → registry."quay.io"',
      'warning BK121 4:11 `registry."GHCR.io:443"` must be "ghcr.io", as in image names; write `registry."ghcr.io"` → registry."ghcr.io"',
      'warning BK121 5:11 `registry."r.io/team"` must be a host without a scheme and a path; write `registry."r.io"`',
      'warning BK121 6:11 `registry."http://m.io:5000"` must be a host without a scheme and a path; write `registry."m.io:5000"` with `http = true`',
    ],
  '[registry."https://a.io"]\nhttp = true\n[registry."http://a.io"]\nhttp = true\n[registry."A.io"]\n': [
    'warning BK121 1:11 `registry."https://a.io"` must be a host without a scheme and a path; write `registry."a.io"`, once for all of these names',
    'warning BK121 3:11 `registry."http://a.io"` must be a host without a scheme and a path; write `registry."a.io"`',
    'warning BK121 5:11 `registry."A.io"` must be in lower case, as in image names; write `registry."a.io"`, once for all of these names',
  ],
  '[registry."docker.io"]\nmirrors = ["r"]\n[registry."r"]\nhttp = true\n[registry."localhost"]\nhttp = true\n[registry."[::1]:5000"]\nhttp = true\n':
    [],
  '[registry."docker.io"]\nmirrors = ["", " ", " m.io ", "*.m.io", "r.io/v2/proxy", "r.io/v2", "r.io/api/docker/v2/", "https://m.io/p", "https://me:secret@m.io/p", "m.io/v20"]\n':
    [
      'warning BK120 2:12 `registry."docker.io".mirrors[0]` must be a host and a path, got ""; remove it',
      'warning BK120 2:16 `registry."docker.io".mirrors[1]` must be a host and a path, got " "; remove it',
      'warning BK120 2:21 `registry."docker.io".mirrors[2]` must be a host and a path without spaces, got " m.io " → m.io',
      'warning BK120 2:31 `registry."docker.io".mirrors[3]` must be a host and a path, got "*.m.io"; BuildKit asks "*.m.io", which is not a host',
      'warning BK120 2:41 `registry."docker.io".mirrors[4]` must not have "/v2" in its path, got "r.io/v2/proxy"; BuildKit puts it before the path and asks "r.io/v2/v2/proxy" → r.io/proxy',
      'warning BK120 2:58 `registry."docker.io".mirrors[5]` must not have "/v2" in its path, got "r.io/v2"; BuildKit puts it before the path and asks "r.io/v2/v2" → r.io',
      'warning BK120 2:69 `registry."docker.io".mirrors[6]` must not have "/v2" in its path, got "r.io/api/docker/v2/"; BuildKit puts it before the path and asks "r.io/v2/api/docker/v2"',
      'warning BK120 2:110 `registry."docker.io".mirrors[8]` must not contain credentials, which BuildKit drops, got "https://***@m.io/p"; clients send them with each build → m.io/p',
    ],
  '[registry."docker.io"]\nmirrors = ["registry-1.docker.io", "docker.io"]\n[registry."ghcr.io"]\nmirrors = ["ghcr.io/team", "https://ghcr.io"]\n':
    [
      'warning BK120 2:12 `registry."docker.io".mirrors[0]` must be a host other than the registry itself, got "registry-1.docker.io"; remove it',
      'warning BK120 2:36 `registry."docker.io".mirrors[1]` must be a host other than the registry itself, got "docker.io"; remove it',
      'warning BK120 4:28 `registry."ghcr.io".mirrors[1]` must be a host other than the registry itself, got "https://ghcr.io"; remove it',
    ],
  '[registry."docker.io"]\nmirrors = ["m.io:5000", "localhost:5000", "mirror.gcr.io", "own.io"]\nhttp = true\ninsecure = false\n[registry."own.io"]\n':
    [
      'warning BK128 2:12 `registry."docker.io".mirrors[0]` needs its own table: `http` here applies only to "docker.io"; move it to `[registry."m.io:5000"]`',
    ],
  '[registry."docker.io"]\nmirrors = ["m.io:5000/p"]\n[registry."m.io"]\nca = ["/etc/ssl/cert.pem"]\n[[registry."m.io".keypair]]\nkey = "/etc/ssl/cert.pem"\ncert = "/etc/ssl/cert.pem"\n':
    [
      'warning BK128 3:11 `registry."m.io"` has a port other than that of the mirror "m.io:5000"; write `[registry."m.io:5000"]`',
    ],
}

for (const [toml, said] of Object.entries(SAID))
  test(`of ${JSON.stringify(toml)} it is said where BuildKit looks`, () => assert.deepEqual(saidOf(toml), said))
