// A machine that stops: after so many changes to the disk, the next one and all that follow do not happen.

import type fs from 'node:fs'

type Fs = typeof fs
type Change = (...given: unknown[]) => unknown

/** How many changes are still made before the machine stops, how many were and where, and whether it has stopped. */
export const machine = { left: Infinity, made: 0, stopped: false, paths: [] as string[] }

/** The machine has stopped. No step may take this for a failure that it knows. */
export class Stopped extends Error {}

/** Lets `left` changes be made from now on. */
export function stopAfter(left: number): void {
  Object.assign(machine, { left, made: 0, stopped: false, paths: [] })
}

const CHANGES = [
  'chmodSync',
  'copyFileSync',
  'fchmodSync',
  'ftruncateSync',
  'linkSync',
  'mkdirSync',
  'renameSync',
  'rmSync',
  'writeSync',
] as const

/** node:fs on that machine. A write that is cut leaves its first half, a folder that is being removed loses one file. */
export function faultyFs(real: Fs): Fs {
  const wrapped = Object.fromEntries(CHANGES.map((name) => [name, changing(real, name)]))
  const openSync = (path: string, flags: string | number = 'r', mode?: number): number =>
    flags === 'r'
      ? real.openSync(path, flags)
      : (counted(path, () => real.openSync(path, flags, mode)) as number)
  // A stop is no power cut: what was written stays, flushed or not.
  const all = { ...real, ...wrapped, openSync, fsyncSync: () => undefined }
  return { ...all, default: all } as unknown as Fs
}

function changing(real: Fs, name: (typeof CHANGES)[number]): Change {
  const change = real[name] as unknown as Change
  return (...given) =>
    counted(
      given.findLast((one) => typeof one === 'string') ?? '',
      () => change(...given),
      () => {
        if (name === 'writeSync') tearWrite(change, given)
        if (name === 'rmSync') removeOne(real, given[0] as string)
      },
    )
}

function counted(path: string, change: () => unknown, half?: () => void): unknown {
  if (machine.stopped) throw new Stopped()
  if (machine.made >= machine.left) {
    machine.stopped = true
    half?.()
    throw new Stopped()
  }
  machine.made++
  machine.paths.push(path)
  return change()
}

function tearWrite(write: Change, [fd, data, at, length, position]: unknown[]): void {
  const half = Math.floor((length as number) / 2)
  if (half > 0) write(fd, data, at, half, position)
}

function removeOne(real: Fs, path: string): void {
  if (!real.existsSync(path) || !real.statSync(path).isDirectory()) return
  const [first] = real.readdirSync(path, { withFileTypes: true }).filter((entry) => entry.isFile())
  if (first) real.rmSync(`${path}/${first.name}`)
}

/** node:crypto whose salts and secrets are the same in every run that begins with `restart`. */
export const chance = {
  n: 0,
  restart(): void {
    chance.n = 0
  },
  bytes(size: number): Buffer {
    const bytes = Buffer.alloc(size, 0x5a)
    bytes.writeUInt32BE(++chance.n)
    return bytes
  },
}
