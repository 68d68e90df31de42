// `sunlot witness` as an operator starts it: what stands in its way becomes a sentence.

import { toHex } from '@sunlot/draw'
import { DirectoryInUse } from '../platform/database/engine.ts'
import { LogKeyRefused } from '../platform/log/index.ts'
import { LogsUnreadable, startWitness, type WitnessOptions, WitnessStateLost } from '../witness/index.ts'
import { OperationRefused } from './words.ts'

/** A witness that answers, and its line for `SUNLOT_WITNESSES` of the log, but for its address. */
export interface OperatedWitness {
  readonly url: string
  readonly name: string
  readonly key: string
  close(): Promise<void>
}

/** Starts a witness. Throws OperationRefused. */
export async function operateWitness(options: WitnessOptions): Promise<OperatedWitness> {
  try {
    const witness = await startWitness(options)
    const { url, publicKey } = witness
    return { url, name: options.name, key: toHex(publicKey), close: () => witness.close() }
  } catch (error) {
    throw refusalFor(error, options) ?? error
  }
}

function refusalFor(error: unknown, { folder, host, port }: WitnessOptions): OperationRefused | undefined {
  const because = { cause: error }
  if (error instanceof DirectoryInUse)
    return new OperationRefused('witness_running', { pid: error.pid, folder }, because)
  if (error instanceof WitnessStateLost)
    return new OperationRefused('witness_state_lost', { folder }, because)
  if (error instanceof LogsUnreadable) return new OperationRefused('witness_logs', { folder }, because)
  if (error instanceof LogKeyRefused) return new OperationRefused(error.code, { file: folder }, because)
  const { code } = error as NodeJS.ErrnoException
  return code === 'EADDRINUSE' ? new OperationRefused('port_in_use', { port, host }, because) : undefined
}
