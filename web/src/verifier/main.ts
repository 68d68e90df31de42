// One script for the page and, run again in a worker, for the engine.

import { byId } from './dom.ts'
import { mendOlderBrowsers } from './older-browsers.ts'
import { Page } from './page.ts'
import { serve, startThread, type WorkerScope } from './thread.ts'

mendOlderBrowsers()
if (typeof document === 'undefined') serve(globalThis as unknown as WorkerScope)
else new Page(startThread(byId('script').textContent ?? '')).start()
