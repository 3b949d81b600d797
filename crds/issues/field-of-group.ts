const CLAIM = '; set `spec.cache.claim`, which makes a claim for each builder'
const OWN_SERVICE = '; write a Service of your own for it, with another name'
const OWN_CERTIFICATE = '; write a Certificate of your own for it, and leave `spec.tls.certificate` out'
const SECRET = '; set `spec.tls.secretName`, and put it into that Secret'
const CLIENT_AUTH = '; set `spec.tls.clientAuth`'

/** What is said of fields that people look for in a group of a template, by their paths. */
export const IN_GROUP: Readonly<Record<string, string>> = {
  'spec.cache.size': '; set `spec.cache.claim.size`',
  'spec.cache.claimName': CLAIM,
  'spec.cache.existingClaim': CLAIM,
  'spec.cache.claim.labels': '; rendering writes the labels of a claim',
  'spec.cache.claim.annotations': '; rendering writes the annotations of a claim',
  'spec.cache.claim.dataSource': '; only `spec.cache.ephemeral` has it',
  ...hints('spec.tls', {
    enabled: '; builders serve TLS where `spec.tls` is set',
    secret: '; set `spec.tls.secretName`',
    secretRef: '; set `spec.tls.secretName`',
    existingSecret: '; set `spec.tls.secretName`',
    name: '; set `spec.tls.secretName`',
    cert: `${SECRET} as \`tls.crt\``,
    crt: `${SECRET} as \`tls.crt\``,
    key: `${SECRET} as \`tls.key\``,
    ca: `${SECRET} as \`ca.crt\``,
    caCert: `${SECRET} as \`ca.crt\``,
    clientCA: `${SECRET} as \`ca.crt\``,
    clientCa: `${SECRET} as \`ca.crt\``,
    mode: CLIENT_AUTH,
    mtls: CLIENT_AUTH,
    mutual: CLIENT_AUTH,
    verifyClients: CLIENT_AUTH,
    requireClientCert: CLIENT_AUTH,
    insecure: '; without `spec.tls`, builders serve plain TCP',
  }),
  ...hints('spec.tls.certificate', {
    issuer: '; set `spec.tls.certificate.issuerRef`',
    clusterIssuer: '; set `spec.tls.certificate.issuerRef`, with `kind: ClusterIssuer`',
    enabled: '; a Certificate is rendered where `spec.tls.certificate` is set',
    secretName: '; set `spec.tls.secretName`',
    usages: OWN_CERTIFICATE,
    privateKey: OWN_CERTIFICATE,
    ipAddresses: OWN_CERTIFICATE,
    subject: OWN_CERTIFICATE,
    commonName: '; set `spec.tls.serverName`',
  }),
  ...hints('spec.service', {
    enabled: '; a Service is rendered where `spec.service` is set',
    name: '; a Service has the name of its Buildkit',
    ports: '; set `spec.service.port`',
    targetPort: '; it is the port of the builder, `spec.port`',
    selector: '; rendering writes the selector of a Service',
    labels: '; rendering writes the labels of a Service',
    clusterIP: OWN_SERVICE,
    loadBalancerIP: OWN_SERVICE,
    loadBalancerClass: OWN_SERVICE,
    loadBalancerSourceRanges: OWN_SERVICE,
    externalTrafficPolicy: OWN_SERVICE,
    externalName: OWN_SERVICE,
    sessionAffinity: OWN_SERVICE,
    nodePort: OWN_SERVICE,
  }),
  ...hints('spec.observability.metrics', {
    enabled: '; metrics are served where `spec.observability.metrics` is set',
    path: '; it is `/metrics`',
    address: '; set `spec.observability.metrics.port`',
    interval: '; set it in a PodMonitor',
  }),
  ...hints('spec.observability.otlp', {
    enabled: '; traces are sent where `spec.observability.otlp` is set',
    insecure: '; an `endpoint` that starts with http:// has no TLS',
    protocol: '; traces are sent with OTLP over gRPC',
    headers: '; set `OTEL_EXPORTER_OTLP_HEADERS` in `spec.podSpecPatch.containers[name=buildkit].env`',
  }),
}

function hints(group: string, byName: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(byName).map(([name, hint]) => [`${group}.${name}`, hint]))
}
