/** What `make` makes of an object, made once and kept as long as the object is. */
export function oncePer<K extends object, V extends object | string>(make: (object: K) => V): (object: K) => V {
  const made = new WeakMap<K, V>()
  return (object) => {
    const value = made.get(object) ?? make(object)
    made.set(object, value)
    return value
  }
}
