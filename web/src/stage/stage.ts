// The big screen: seven scenes, each of which anybody understands who has just come in. It follows by itself; ← and → hold one.

import { byId, h } from './dom.ts'
import type { Room } from './room-state.ts'
import { sceneOf } from './scenes.ts'
import { aheadOf, codeOfAddress, watchRoom } from './watch.ts'
import { endText, languageButton, say, timeText } from './words.ts'

const SCENES = [1, 2, 3, 4, 5, 6, 7] as const
type Scene = (typeof SCENES)[number]

const code = codeOfAddress()
let room: Room | undefined
let held: Scene | undefined
let isSilent = false
let isGone = false
let ahead = 0
let drawnScene = ''

function show(): void {
  const now = Date.now() + ahead
  byId('clock').textContent = timeText(new Date(now).toISOString())
  byId('silence').hidden = !isSilent
  byId('silence').textContent = say('silent')
  if (isGone) return byId('scene').replaceChildren(h('p', { class: 'big' }, say('no_room', { code })))
  if (!room) return
  const scene = held ?? room.step
  document.title = say('stage_title', { title: room.title })
  byId('title').textContent = room.title
  byId('authorities').textContent = say('by', { authority: room.authority, oversight: room.oversight })
  byId('steps').replaceChildren(...SCENES.map((each) => step(each, scene)))
  byId('held').hidden = held === undefined
  byId('held').textContent = held === undefined ? '' : say('held', { step: held })
  // What stands still is left alone: only its countdown moves.
  const second = isCounting(scene, room) ? Math.floor(now / 1000) : 0
  const key = JSON.stringify([{ ...room, now: '', revision: 0 }, scene, second])
  if (key === drawnScene) return
  drawnScene = key
  const heading = h('h2', {}, say(`stage_${scene}`))
  const warning = room.ended ? endText(room.ended.reason) : room.stale ? say('stale') : undefined
  const shown = warning === undefined ? [] : [h('p', { class: 'big warning' }, warning)]
  byId('scene').replaceChildren(heading, ...shown, ...sceneOf(scene, room, { now, code }))
  byId('scene').className = `scene-${scene}`
}

/** Whether a scene has a clock that runs. */
function isCounting(scene: Scene, { close, sources }: Room): boolean {
  return (scene === 2 && close === null) || (scene === 3 && sources.some(({ value }) => value === null))
}

function step(each: Scene, scene: Scene): Node {
  const place = each < scene ? 'behind' : each === scene ? 'here' : 'ahead'
  return h(
    'li',
    { class: place, ...(each === scene ? { 'aria-current': 'step' } : {}) },
    h('b', {}, String(each)),
    h('span', {}, say(`stage_${each}`)),
  )
}

/** What has not happened yet is not shown beforehand; with the certificate everything has. */
function lastToSee(seen: Room | undefined): Scene {
  return seen?.certificate ? 7 : (seen?.step ?? 1)
}

document.addEventListener('keydown', ({ key }) => {
  const from = held ?? room?.step ?? 1
  if (key === 'ArrowRight' && from < lastToSee(room)) held = (from + 1) as Scene
  else if (key === 'ArrowLeft' && from > 1) held = (from - 1) as Scene
  else if (key === 'Escape' || key === 'Home') held = undefined
  else return
  // Where it stands by itself, it is held by nobody.
  if (held === room?.step) held = undefined
  show()
})

languageButton(() => {
  drawnScene = ''
  show()
})

watchRoom(code, {
  onRoom: (seen) => {
    room = seen
    ahead = aheadOf(seen)
    show()
  },
  onSilence: (now) => {
    isSilent = now
    show()
  },
  onGone: () => {
    isGone = true
    show()
  },
})
setInterval(show, 500)
