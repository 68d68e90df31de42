/** Where a pop-up is put: into the page's main part, so that a screen reader finds it there and not after the foot. */
export function inMain(trigger: HTMLElement): HTMLElement {
  return trigger.closest('main') ?? document.body
}
