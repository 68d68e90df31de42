// A server as an operator runs it, in a process of its own. Its environment is the first argument, as JSON.

import { runServer } from '../../src/operations/run.ts'

const env = JSON.parse(process.argv[2] ?? '{}') as Record<string, string>
process.exit(await runServer(env, 'zh-CN'))
