// A table to take away, as an answer.

import type { Readable } from 'node:stream'
import { reply, type Reply } from './route.ts'

/** A CSV file under a Chinese name; `plainName` is for browsers that know no other letters. */
export function csvFile(text: string | Readable, name: string, plainName: string): Reply {
  return reply(200, text, {
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': `attachment; filename="${plainName}"; filename*=UTF-8''${encodeURIComponent(name)}`,
  })
}
