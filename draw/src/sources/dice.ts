// Dice thrown before a camera: one character a die, "1"–"6" on six faces, "0"–"9" on ten.

/** Whether a text is what `count` dice of `faces` faces can show. */
export function isDiceValue(faces: 6 | 10, count: number, value: string): boolean {
  return value.length === count && (faces === 6 ? /^[1-6]+$/ : /^[0-9]+$/).test(value)
}
