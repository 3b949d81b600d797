/** Configurations, and all that this chapter says of them in a template that has nothing else. */
export const SAID: Readonly<Record<string, readonly string[]>> = {
  '[[registry."a.io".keypair]]\ncert = """\n-----BEGIN CERTIFICATE-----\nMII\n-----END CERTIFICATE-----\n"""\nkey = """\n-----BEGIN PRIVATE KEY-----\nMII\n-----END PRIVATE KEY-----\n"""\n[registry."b.io"]\nca = ["https://u:hunter2@example.com/ca"]\n':
    [
      'warning BK123 2:1 `registry."a.io".keypair[0].cert` must be the path of a file, got a text of several lines',
      'warning BK123 7:1 `registry."a.io".keypair[0].key` must be the path of a file, got a private key, which is in Git and in a Pod annotation in clear text; remove it',
      'warning BK123 13:7 `registry."b.io".ca[0]` must be the path of a file, got a credential, which is in Git and in a Pod annotation in clear text; remove it',
    ],
  '[registry."a"]\npassword = "hunter2"\n[registry."a".auth]\nuser = "u"\n[auths.a]\ntoken = "x"\n': [
    'warning BK105 2:1 `registry.a.password` is not a key of BuildKit v0.34.2, which ignores it; it looks like a credential, which is in Git and in a Pod annotation in clear text; remove it',
    'warning BK105 3:15 `registry.a.auth` is not a key of BuildKit v0.34.2, which ignores it; it looks like a credential, which is in Git and in a Pod annotation in clear text; remove it',
    'warning BK105 5:2 `auths` is not a key of BuildKit v0.34.2, which ignores it; it looks like a credential, which is in Git and in a Pod annotation in clear text; remove it',
  ],
  'a b = 1': ['error BK101 1:3 must be valid TOML, got an error in line 1: illegal character in key'],
  '[a]\n[a]\n': [
    'error BK101 2:2 must be valid TOML, got an error in line 2: trying to redefine an already defined table or value',
  ],
  'root = "/x\n': [
    'error BK101 1:11 must be valid TOML, got an error in line 1: control characters are not allowed in strings',
  ],
  '﻿root = ""': ['error BK101 1:1 must be valid TOML, got an error in line 1: byte order mark'],
  'grpc.address = "tcp://0.0.0.0:1"\n[worker.oci]\ngc = "true"\nmax-parallelism = 4.0\nlabels = {a = 1}\n[[worker.oci.gcpolicy]]\nfilters = "type==x"\n[[dns]]\n':
    [
      'error BK102 1:6 `grpc.address` must be a list of strings, got "tcp://0.0.0.0:1" → ["tcp://0.0.0.0:1"]',
      'error BK102 3:1 `worker.oci.gc` must be true or false, got "true" → true',
      'error BK102 4:1 `worker.oci.max-parallelism` must be a whole number, got 4.0',
      'error BK102 5:11 `worker.oci.labels.a` must be a string, got 1 → "1"',
      'error BK102 7:1 `worker.oci.gcpolicy[0].filters` must be a list of strings, got "type==x" → ["type==x"]',
      'error BK102 8:3 `dns` must be a table, got a list',
      'warning BK116 1:6 `grpc.address` has no effect, because `--addr` overrides it; remove it, and set `spec.port`',
    ],
  '[[worker.oci.gcpolicy]]\nkeepDuration = "2w"\n[[worker.oci.gcpolicy]]\nkeepDuration = 172_800\n': [
    'error BK103 2:1 `worker.oci.gcpolicy[0].keepDuration` must be a duration such as "48h" or a number of seconds, got "2w" → 336h',
    'error BK103 4:1 `worker.oci.gcpolicy[1].keepDuration` must be a duration such as "48h" or a number of seconds, got 172_800',
  ],
  '[worker.oci]\nreservedSpace = "10 Gi"\nmaxUsedSpace = "85.5%"\nminFreeSpace = -1\n': [
    'error BK104 2:1 `worker.oci.reservedSpace` must be bytes, an amount such as "10GB" or a percentage such as "20%", got "10 Gi" → 10GiB',
    'error BK104 3:1 `worker.oci.maxUsedSpace` must be bytes, an amount such as "10GB" or a percentage such as "20%", got "85.5%"',
    'error BK104 4:1 `worker.oci.minFreeSpace` must be bytes, an amount such as "10GB" or a percentage such as "20%", got -1',
  ],
  '[gc]\nenabled = true\n[frontend.dockerfile.v0]\nenabled = true\n[registry.docker.io]\nmirrors = []\n[worker]\nmax-parallelism = 1\n[log]\nlvl = "x"\ncolour = true\n[registry."a"]\nmirror = ["x"]\n[x.y.z]\n':
    [
      'warning BK105 1:2 `gc` is not a key of BuildKit v0.34.2, which ignores it; did you mean `worker.oci.gc`?',
      'warning BK105 3:11 `frontend.dockerfile` is not a key of BuildKit v0.34.2, which ignores it; did you mean `frontend."dockerfile.v0"`?',
      'warning BK105 5:18 `registry.docker.io` is not a key of BuildKit v0.34.2, which ignores it; did you mean `registry."docker.io"`?',
      'warning BK105 8:1 `worker.max-parallelism` is not a key of BuildKit v0.34.2, which ignores it; did you mean `worker.oci.max-parallelism`?',
      'warning BK105 10:1 `log.lvl` is not a key of BuildKit v0.34.2, which ignores it; the known keys are `format`, `level`',
      'warning BK105 11:1 `log.colour` is not a key of BuildKit v0.34.2, which ignores it; the known keys are `format`, `level`',
      'warning BK105 13:1 `registry.a.mirror` is not a key of BuildKit v0.34.2, which ignores it; did you mean `registry.a.mirrors`?',
      'warning BK105 14:2 `x` is not a key of BuildKit v0.34.2, which ignores it; remove it',
    ],
  'Root = "/var/lib/buildkit"\nroot = "/var/lib/buildkit"\n[worker.OCI]\n[worker.oci]\n': [
    'warning BK106 2:1 `root` must be set only once; BuildKit treats `Root` as the same key',
    'warning BK106 4:9 `worker.oci` must be set only once; BuildKit treats `worker.OCI` as the same key',
  ],
  'debug = true\ntrace = false\n[worker.oci]\ngckeepstorage = 40000\n': [
    'warning BK107 1:1 `debug` is deprecated; write `log.level = "debug"` → log.level = "debug"',
    'warning BK107 4:1 `worker.oci.gckeepstorage` is deprecated; write `maxUsedSpace = 40000` → maxUsedSpace = 40000',
  ],
  'trace = true\n[worker.oci]\ngckeepstorage = "40GB"\n[[worker.containerd.gcpolicy]]\nkeepBytes = "1GB"\nmaxUsedSpace = "2GB"\n[worker.containerd]\nenabled = false\n':
    [
      'warning BK107 1:1 `trace` is deprecated; write `log.level = "trace"` → log.level = "trace"',
      'warning BK107 3:1 `worker.oci.gckeepstorage` is deprecated; write `maxUsedSpace = "40GB"` → maxUsedSpace = "40GB"',
      'warning BK107 5:1 `worker.containerd.gcpolicy[0].keepBytes` is deprecated; write `reservedSpace = "1GB"` → reservedSpace = "1GB"',
    ],
  'debug = true\nlog.level = "info"\n[worker.oci]\ngckeepstorage = "1GB"\nmaxUsedSpace = "2GB"\n[[worker.containerd.gcpolicy]]\nkeepBytes = "1GB"\nreservedSpace = "2GB"\n[worker.containerd]\nenabled = false\n':
    [],
  'debug = true\n[log]\nformat = "json"\n': [
    'warning BK107 1:1 `debug` is deprecated; write `level = "debug"` in `[log]`',
  ],
  'log.format = "logfmt"\nlog.level = "verbose"\n': [
    'error BK108 1:5 `log.format` must be one of "json", "text", got "logfmt"',
    'error BK108 2:5 `log.level` must be one of "panic", "fatal", "error", "warn", "warning", "info", "debug", "trace", got "verbose"',
  ],
  'log.level = "WARN"\nlog.format = ""': [],
  'worker.oci.snapshotter = "overlay"\nworker.oci.networkMode = "Host"\nworker.containerd.networkMode = "x"\nworker.containerd.enabled=false':
    [
      'error BK109 1:12 `worker.oci.snapshotter` must be one of "auto", "overlayfs", "native", "fuse-overlayfs", "stargz", got "overlay" → overlayfs',
      'error BK110 2:12 `worker.oci.networkMode` must be one of "auto", "host", "bridge", "cni", got "Host" → host',
    ],
  'worker.oci.platforms = ["linux/amd64", "linux/arm64/v8/x", "amd 64"]': [
    'error BK111 1:40 `worker.oci.platforms[1]` must be a platform such as "linux/amd64" or "linux/arm/v7", got "linux/arm64/v8/x"',
    'error BK111 1:60 `worker.oci.platforms[2]` must be a platform such as "linux/amd64" or "linux/arm/v7", got "amd 64"',
  ],
  '[compaction]\nminReclaimPercent = 5\nminReclaimPercentFloor = 10\nidleTimeout = "0s"\nmaxRetry = -1\n[history]\nmaxEntries = -1\n':
    [
      'error BK112 3:1 `compaction.minReclaimPercentFloor` must be at most the 5 of `compaction.minReclaimPercent`, got 10',
      'error BK112 4:1 `compaction.idleTimeout` must be greater than 0, got "0s"',
      'error BK112 5:1 `compaction.maxRetry` must be at least 0, got -1',
      'error BK112 7:1 `history.maxEntries` must be at least 0, got -1',
    ],
  'worker.oci.enabled = false': [
    'error BK113 1:12 `worker.oci.enabled` must be true, got false; it is the only worker that the Pod can have → true',
  ],
  'worker.containerd.enabled = true': [
    'error BK114 1:19 `worker.containerd.enabled` must be false, got true; the Pod has no containerd; use `worker.oci` → false',
  ],
  '[worker.containerd]\nnamespace = "x"\nsnapshotter = "y"\n': [
    'warning BK115 1:9 `worker.containerd` has no effect, because the Pod has no containerd; move its settings to `worker.oci`, or remove it',
  ],
  'grpc.address = ["tcp://0.0.0.0:1234"]\n': [
    'warning BK116 1:6 `grpc.address` has no effect, because `--addr` overrides it; remove it, and set `spec.port`',
  ],
  'root = "/cache"': [
    'warning BK117 1:1 `root` must be in "/var/lib/buildkit", the volume of the Pod, got "/cache"; remove it → /var/lib/buildkit',
  ],
  'worker.oci.binary = "crun"\nworker.oci.proxySnapshotterPath = "/run/x.sock"\nworker.oci.networkMode = "cni"': [
    'error BK118 1:12 `worker.oci.binary` must be "buildkit-runc" with this image, got "crun"; remove it',
    'error BK118 2:12 `worker.oci.proxySnapshotterPath` must be the path of a socket in the Pod, got "/run/x.sock"; remove it, or mount its folder with `podSpecPatch`',
    'error BK118 3:12 `worker.oci.networkMode` must be one of "auto", "host", "bridge" with this image, got "cni"; the image has no configuration for it; mount one with `podSpecPatch` and name it in `cniConfigPath`',
  ],
  'insecure-entitlements = ["network.host", "network-host", "x"]': [
    'warning BK119 1:42 `insecure-entitlements[1]` must be one of "network.host", "security.insecure", "device", got "network-host" → network.host',
    'warning BK119 1:58 `insecure-entitlements[2]` must be one of "network.host", "security.insecure", "device", got "x"',
  ],
  '[registry."docker.io"]\nmirrors = ["http://m.example.com:5000/x", "https://ok.example.com"]\n[registry."https://r.example.com/v2"]\n[registry."index.docker.io"]\n':
    [
      'warning BK120 2:12 `registry."docker.io".mirrors[0]` must be a host and a path, got "http://m.example.com:5000/x"; write "m.example.com:5000/x", and `http = true` under `registry."m.example.com:5000"`',
      'warning BK121 3:11 `registry."https://r.example.com/v2"` must be a host without a scheme and a path; write `registry."r.example.com"` → registry."r.example.com"',
      'warning BK121 4:11 `registry."index.docker.io"` must be "docker.io", as in image names; move its settings to `registry."docker.io"`',
    ],
  '[registry."r.io"]\nca = "x"\n[registry."s.io"]\nca = ["/etc/ssl/certs/ca-certificates.crt", "/certs/y.pem"]\n[[registry."s.io".keypair]]\nkey = "/k"\n':
    [
      'error BK102 2:1 `registry."r.io".ca` must be a list of strings, got "x" → ["x"]',
      'error BK122 5:19 `registry."s.io".keypair[0]` must set both `key` and `cert`, got no `cert`',
      'warning BK123 4:45 `registry."s.io".ca[1]` must be a file in the Pod, got "/certs/y.pem"; mount it with `podSpecPatch`, or use an image that contains it',
      'warning BK123 6:1 `registry."s.io".keypair[0].key` must be a file in the Pod, got "/k"; mount it with `podSpecPatch`, or use an image that contains it',
    ],
  'grpc.debugAddress = "6060"': [
    'error BK124 1:6 `grpc.debugAddress` must be an address with a port such as "127.0.0.1:6060", got "6060" → 127.0.0.1:6060',
  ],
  'grpc.debugAddress = "http://127.0.0.1:6060"': [
    'error BK124 1:6 `grpc.debugAddress` must be an address with a port such as "127.0.0.1:6060", got "http://127.0.0.1:6060" → 127.0.0.1:6060',
  ],
  'grpc.debugAddress = "127.0.0.1:1234"': [
    'error BK124 1:6 `grpc.debugAddress` must not use the port in `spec.port`, got "127.0.0.1:1234"; buildkitd exits with "address already in use"',
  ],
  'grpc.debugAddress = "unix:///run/debug.sock"': [],
  'grpc.debugAddress = "tcp://[::1]:6060"': [],
  '[registry."r.io"]\ntlsconfigdir = ["/etc/ssl/certs", "/etc/docker/certs.d/r"]\n': [
    'warning BK123 2:35 `registry."r.io".tlsconfigdir[1]` must be a file in the Pod, got "/etc/docker/certs.d/r"; mount it with `podSpecPatch`, or use an image that contains it',
  ],
  'frontend."gateway.v0".allowedRepositories = ["docker.io/docker/*", "r.io/Docker/x", "r.io:5000/x/y:v1", "docker/dockerfile"]':
    [
      'error BK125 1:46 `frontend."gateway.v0".allowedRepositories[0]` must be the name of an image in lower case, without a scheme or "*", got "docker.io/docker/*"',
      'error BK125 1:68 `frontend."gateway.v0".allowedRepositories[1]` must be the name of an image in lower case, without a scheme or "*", got "r.io/Docker/x"',
    ],
  'frontend."gateway.v0".allowedRepositories = ["https://a/b", "a/b"]': [
    'error BK125 1:46 `frontend."gateway.v0".allowedRepositories[0]` must be the name of an image in lower case, without a scheme or "*", got "https://a/b" → a/b',
  ],
  '[worker.oci]\nenabled = true\nreservedSpace = "10GB"\n[[worker.oci.gcpolicy]]\nkeepDuration = 3600\n[worker.oci.gcpolicy.maxUsedSpace]\nbytes = 10\n':
    [],
  '[Worker.Oci]\nMax-Parallelism = 4\nSnapshotter = "overlay"\n': [
    'error BK109 3:1 `Worker.Oci.Snapshotter` must be one of "auto", "overlayfs", "native", "fuse-overlayfs", "stargz", got "overlay" → overlayfs',
  ],
  '[registry."docker.io"]\nmirrors = ["http://m:5000", "http://localhost:5000"]\n[registry."m:5000"]\nhttp = true\n':
    [],
  '[worker.containerd]\nenabled = false\nnamespace = "x"\n': [],
  'worker.oci.enabled = false\nworker.oci.snapshotter = "x"\nworker.oci.networkMode = "x"\n': [
    'error BK113 1:12 `worker.oci.enabled` must be true, got false; it is the only worker that the Pod can have → true',
  ],
  '__proto__ = 1\nconstructor = 2\n[registry.__proto__]\nhttp = 1\n[worker.oci.labels]\n__proto__ = "x"\nhasOwnProperty = 1\n':
    [
      'error BK102 4:1 `registry.__proto__.http` must be true or false, got 1',
      'error BK102 7:1 `worker.oci.labels.hasOwnProperty` must be a string, got 1 → "1"',
      'warning BK105 1:1 `__proto__` is not a key of BuildKit v0.34.2, which ignores it; remove it',
      'warning BK105 2:1 `constructor` is not a key of BuildKit v0.34.2, which ignores it; remove it',
      'warning BK121 3:11 `registry.__proto__` must be a host with a dot or a port; image names without either mean Docker Hub',
    ],
  'debug = false\n': [],
  '[dns]\nnameservers = ["10.96.0.10", "dns", "8.8.8.8:53", "[fd00::a]:53", "010.0.0.1", "fe80::1%eth0", "127.0.0.53", "::1", ""]\n':
    [
      'error BK129 2:30 `dns.nameservers[1]` must be an IP address such as "10.96.0.10", without a port, got "dns"',
      'error BK129 2:37 `dns.nameservers[2]` must be an IP address such as "10.96.0.10", without a port, got "8.8.8.8:53" → 8.8.8.8',
      'error BK129 2:51 `dns.nameservers[3]` must be an IP address such as "10.96.0.10", without a port, got "[fd00::a]:53" → fd00::a',
      'error BK129 2:67 `dns.nameservers[4]` must be an IP address such as "10.96.0.10", without a port, got "010.0.0.1"',
      'error BK129 2:117 `dns.nameservers[8]` must be an IP address such as "10.96.0.10", without a port, got ""',
      'warning BK130 2:96 `dns.nameservers[6]` must be reachable from the Pod, got "127.0.0.53", where nothing answers; leave `dns.nameservers` out to use the Pod\'s name servers',
      'warning BK130 2:110 `dns.nameservers[7]` must be reachable from the Pod, got "::1", where nothing answers; leave `dns.nameservers` out to use the Pod\'s name servers',
    ],
  '[dns]\nnameservers = ["1.1.1.1", "2606:4700:4700::1111"]\n': [
    'info BK131 2:1 `dns.nameservers` names only public servers; leave it out if build steps use Services of the cluster',
  ],
  '[dns]\nnameservers = ["1.1.1.1", "172.20.0.10"]\n': [],
}
