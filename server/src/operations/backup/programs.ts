// PostgreSQL's own programs, which know its formats better than anybody.

import { spawn } from 'node:child_process'
import { OperationRefused } from '../words.ts'

const LONGEST_WORDS = 600

/** Runs a program with a database's address. Throws OperationRefused `tool_missing` or `tool_failed`. */
export function runOnDatabase(
  tool: 'pg_dump' | 'pg_restore',
  args: readonly string[],
  url: string,
): Promise<void> {
  const { address, password } = withoutPassword(url)
  return new Promise((resolve, reject) => {
    let said = ''
    // The password in the environment: the command line of a process is there for everybody to read.
    const env = { ...process.env, ...(password === '' ? {} : { PGPASSWORD: password }) }
    const child = spawn(tool, [...args, `--dbname=${address}`], { env, stdio: ['ignore', 'ignore', 'pipe'] })
    child.stderr.on('data', (text: Buffer) => {
      said = (said + text.toString('utf8')).slice(-LONGEST_WORDS)
    })
    child.on('error', (cause: NodeJS.ErrnoException) =>
      reject(cause.code === 'ENOENT' ? new OperationRefused('tool_missing', { tool }, { cause }) : cause),
    )
    child.on('close', (code) =>
      code === 0 ? resolve() : reject(new OperationRefused('tool_failed', { tool, said: said.trim() })),
    )
  })
}

function withoutPassword(url: string): { readonly address: string; readonly password: string } {
  const parsed = new URL(url)
  const password = decodeURIComponent(parsed.password)
  parsed.password = ''
  return { address: parsed.href, password }
}
