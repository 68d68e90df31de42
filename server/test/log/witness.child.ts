// A witness in a process of its own, so that a test can kill it: folder and log key (hex) as arguments, says its address.

import { toHex } from '@sunlot/draw'
import { startWitness } from '../../src/witness/index.ts'
import { ORIGIN } from './kit.ts'

const [folder = '', key = ''] = process.argv.slice(2)
const logs = [{ name: ORIGIN, alg: 'ed25519' as const, key }]
const { url, publicKey } = await startWitness({ name: 'witness-1', folder, host: '127.0.0.1', port: 0, logs })
process.stdout.write(`${JSON.stringify({ url, key: toHex(publicKey) })}\n`)
