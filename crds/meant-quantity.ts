/** What a field wants whose value is an amount. */
export const QUANTITY = 'a quantity such as "500m" or "8Gi"'

/** An amount with a unit as people write it: of bytes, in small letters, or behind a space. */
const WITH_UNIT = /^([+-]?\d{1,100}(?:\.\d{0,100})?)\s*([kmgtpe])(i?)(b?)$/i

/** The quantities that a text which Kubernetes cannot read may mean: "8GB" may be "8G" or "8Gi". */
export function meantQuantities(text: string): readonly string[] {
  const [, amount = '', letter = '', binary, bytes] = WITH_UNIT.exec(text.trim()) ?? []
  const unit = letter.toUpperCase()
  const binaryAmount = `${amount}${unit}i`
  if (amount === '') return []
  if (binary) return [binaryAmount]
  // Without bytes, "m" are thousandths.
  if (letter === 'm' && !bytes) return [`${amount}m`]
  return [`${amount}${unit === 'K' ? 'k' : unit}`, binaryAmount]
}
