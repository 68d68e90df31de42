// A real Chromium from a package, with Chinese glyphs; CHROMIUM names another one.

import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import chromium from '@sparticuz/chromium'
import { type Browser, chromium as driver } from 'playwright-core'

/** Starts the browser. Throws where this machine cannot. */
export async function openBrowser(): Promise<Browser> {
  const work = mkdtempSync(join(tmpdir(), 'sunlot-fonts-'))
  const fonts = fileURLToPath(new URL('../node_modules/@expo-google-fonts/noto-sans-sc', import.meta.url))
  const conf = `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>${fonts}</dir><cachedir>${work}/cache</cachedir></fontconfig>`
  writeFileSync(join(work, 'fonts.conf'), conf)
  // One process and no web security are for places without a sandbox; here they would hide what a reader's browser refuses.
  const args = chromium.args.filter((a) => a !== '--single-process' && a !== '--disable-web-security')
  return driver.launch({
    executablePath: process.env['CHROMIUM'] ?? (await chromium.executablePath()),
    args,
    headless: true,
    env: { ...process.env, FONTCONFIG_FILE: join(work, 'fonts.conf') },
  })
}
