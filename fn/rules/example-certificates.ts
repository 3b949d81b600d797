/** Files for the examples of rules about certificates. Nothing uses these keys. */

/** The CA that has signed `CERTIFICATE`. */
export const CA = `-----BEGIN CERTIFICATE-----
MIIBMDCB46ADAgECAhQFI8lAiaqzNWF/xDgmXO2ngXd5eTAFBgMrZXAwDTELMAkG
A1UEAwwCY2EwIBcNMjYxMTMwMTYxMjQ4WhgPMjEyNjExMDYxNjEyNDhaMA0xCzAJ
BgNVBAMMAmNhMCowBQYDK2VwAyEAe2CdnvM8YBYR+sNZc948z/8r7wLooMBjXEay
0uR06mqjUzBRMB0GA1UdDgQWBBQ0aKA0lyNeuP3ta2wxSh58Y/ewSjAfBgNVHSME
GDAWgBQ0aKA0lyNeuP3ta2wxSh58Y/ewSjAPBgNVHRMBAf8EBTADAQH/MAUGAytl
cANBAGBPwBZyMaL9lbfCteVMug+3dB5Hq2z8yRBA+mS/Um013FYRbvoelobk0qDo
ohCSIpzdspAX/bO+4O1IkWz3nA8=
-----END CERTIFICATE-----
`

/** One that has not. */
export const OTHER_CA = `-----BEGIN CERTIFICATE-----
MIIBNjCB6aADAgECAhQWqKk0tDnxmYN79KjjGz1jgKvUjTAFBgMrZXAwEDEOMAwG
A1UEAwwFb3RoZXIwIBcNMjYxMTMwMTYxMjQ4WhgPMjEyNjExMDYxNjEyNDhaMBAx
DjAMBgNVBAMMBW90aGVyMCowBQYDK2VwAyEAEo6VpZzv64myVet6MzzyWriQh7yh
y5h97RRkKarwoAWjUzBRMB0GA1UdDgQWBBRLDLoooHbgl0p1WL7kfzoXvc1qbTAf
BgNVHSMEGDAWgBRLDLoooHbgl0p1WL7kfzoXvc1qbTAPBgNVHRMBAf8EBTADAQH/
MAUGAytlcANBAPXbfXFuZEw1iDQ2LKArLQ+6AZ7gEIgO07oguvveC0TBNy7wSTc0
tGtRn/NGaydeAI6fUrivOttyekS3ckSCEAE=
-----END CERTIFICATE-----
`

/** For example.svc and example.ci.svc. */
export const CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBRjCB+aADAgECAhR/NHNIRi9oGlzXVe42m7H0oyjYNDAFBgMrZXAwDTELMAkG
A1UEAwwCY2EwIBcNMjYxMTMwMTYxMjQ4WhgPMjEyNjExMDYxNjEyNDhaMAwxCjAI
BgNVBAMMAWIwKjAFBgMrZXADIQCG5ps5ow1ro1zoebH0VIZOpWOSlBCTwbqu3iwY
uNa92aNqMGgwJgYDVR0RBB8wHYILZXhhbXBsZS5zdmOCDmV4YW1wbGUuY2kuc3Zj
MB0GA1UdDgQWBBScFTxtsR4ptTcqfCEzFnEkvwDwDjAfBgNVHSMEGDAWgBQ0aKA0
lyNeuP3ta2wxSh58Y/ewSjAFBgMrZXADQQB+9XFLlsJihCpeo4fE792DwR38MxTU
XnJjRTXCitVnNSJHq2uNvEwcM+VI/gFxOJIbqBnNy/Ot/djE16SPBSUB
-----END CERTIFICATE-----
`

/** The key of `CERTIFICATE`. */
export const KEY = `-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VwBCIEIGcc/k106sV2Kd20R/2OU4LANTANii/kn5cDppuGqTaj
-----END PRIVATE KEY-----
`

/** The key of none of them. */
export const OTHER_KEY = `-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VwBCIEIOSbF+wvHF3QUKSG86Wkqk2qopNGGxMKwdOAgO7OpT1G
-----END PRIVATE KEY-----
`

/** A Secret with such files, and a template that names it. */
export function withSecret(
  stringData: Readonly<Record<string, string>>,
  serverName = 'example.svc',
): readonly object[] {
  return [
    { kind: 'BuildkitTemplate', spec: { tls: { secretName: 'buildkit-tls', serverName } } },
    { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'buildkit-tls' }, stringData },
  ]
}
