const SYSTEM = /^([\w-]+)(?:\([\w.%-]*(?:\+[\w.%-]+){0,99}\))?$/
const PART = /^[\w.-]+$/
/** What may stand alone, for the system or the architecture of the node. */
const ALONE = new Set(
  (
    'aix android darwin dragonfly freebsd hurd illumos ios js linux macos nacl netbsd openbsd plan9 solaris windows zos ' +
    '386 i386 amd64 x86_64 x86-64 amd64p32 arm armhf armel armbe arm64 aarch64 arm64be ppc64 ppc64le loong64 mips mipsle mips64 ' +
    'mips64le mips64p32 mips64p32le ppc riscv riscv64 s390 s390x sparc sparc64 wasm'
  ).split(' '),
)

/** Whether containerd/platforms parses a text as `<system>/<architecture>/<variant>` or a part of it. */
export function isPlatform(text: string): boolean {
  const [system = '', ...parts] = text.split('/')
  const [, name] = SYSTEM.exec(system) ?? []
  if (name === undefined || parts.length > 2 || !parts.every((part) => PART.test(part))) return false
  return parts.length > 0 || ALONE.has(name.toLowerCase()) || ALONE.has(text.toLowerCase())
}
