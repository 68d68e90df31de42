// A bundle from the disk: a folder, read in pieces, or its zip, held in memory within limits. Neither is trusted.

import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { BundleFiles } from '@sunlot/draw'
import { folderFiles } from '../desk/files.ts'
import { CommandError } from '../errors.ts'
import { zipFiles } from './zip.ts'

const MOST_FILES = 20_000

/** Opens the bundle at a path. Throws CommandError with what is there instead. */
export function openBundle(path: string): BundleFiles {
  const found = statSync(path, { throwIfNoEntry: false })
  if (!found) throw new CommandError('bundle_missing', { path })
  const files = found.isDirectory() ? folderBundle(path) : zipFiles(path, found.size)
  if (!files.names.includes('commit.json') && !files.names.includes('plan.json'))
    throw new CommandError('bundle_none', { path })
  return files
}

function folderBundle(path: string): BundleFiles {
  const inside = ['oversight', 'public'].filter((part) => existsSync(join(path, part, 'commit.json')))
  if (inside.length > 0 && !existsSync(join(path, 'commit.json')))
    throw new CommandError('bundle_inside', {
      path,
      choices: inside.map((part) => join(path, part)).join(' · '),
    })
  const files = folderFiles(path)
  if (files.names.length > MOST_FILES) throw new CommandError('bundle_files', { path, most: MOST_FILES })
  return files
}
