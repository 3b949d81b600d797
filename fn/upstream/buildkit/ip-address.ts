const PART = '(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)'
const IPV4 = new RegExp(`^${PART}(?:\\.${PART}){3}$`)

/** Whether Go's `netip.ParseAddr` takes a text: no port, no brackets, no leading zeros; IPv6 with its zone, if any. */
export function isIpAddress(text: string): boolean {
  return IPV4.test(text) ? !/(?:^|\.)0\d/.test(text) : isIpv6(text)
}

function isIpv6(text: string): boolean {
  const [address = '', zone] = text.split('%', 2)
  return address.includes(':') && zone !== '' && /^[\da-f:.]+$/i.test(address) && URL.canParse(`http://[${address}]/`)
}

/** Whether an address is that of whoever asks: in a container, the container itself. */
export function isLoopbackAddress(text: string): boolean {
  return /^127\.|^(?:0*:)+0*1(?:%|$)|^::ffff:127\./i.test(text)
}

/** Whether an address is for networks of one's own (RFC 1918, 6598, 3927 and 4193), such as that of a cluster. */
export function isPrivateAddress(text: string): boolean {
  return /^(?:10\.|192\.168\.|169\.254\.|172\.(?:1[6-9]|2\d|3[01])\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|f[cd]|fe[89ab])/i.test(
    text,
  )
}
