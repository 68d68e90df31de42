// The process of the server. Everything that it is told stands in the environment.

import { runServer } from './operations/run.ts'
import { languageOf } from './operations/words.ts'

// A timer of a library must not keep a server alive that has stopped.
process.exit(await runServer(process.env, languageOf(process.env['SUNLOT_LANG'])))
