/** A picture in memory: three bytes a pixel, red, green, blue. */
export type Picture = { readonly width: number; readonly height: number; readonly pixels: Uint8Array }

export type Colour = readonly [red: number, green: number, blue: number]

/** Makes a picture of one colour. */
export function createPicture(width: number, height: number, colour: Colour): Picture {
  const picture = { width, height, pixels: new Uint8Array(width * height * 3) }
  fill(picture, { x: 0, y: 0, width, height }, colour)
  return picture
}

/** Paints a rectangle; what lies outside the picture is cut off. */
export function fill(
  picture: Picture,
  area: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
  colour: Colour,
): void {
  const { width, pixels } = picture
  const [red, green, blue] = colour
  const right = Math.min(width, area.x + area.width)
  const bottom = Math.min(picture.height, area.y + area.height)
  for (let y = Math.max(0, area.y); y < bottom; y += 1)
    for (let at = (y * width + Math.max(0, area.x)) * 3; at < (y * width + right) * 3; at += 3) {
      pixels[at] = red
      pixels[at + 1] = green
      pixels[at + 2] = blue
    }
}

/** Letters of 3 by 5 dots: five digits a letter, one a row, whose three bits are its dots from left to right. */
const letters: Readonly<Record<string, string>> = {
  A: '25755',
  B: '65656',
  C: '34443',
  D: '65556',
  E: '74647',
  F: '74644',
  G: '34553',
  H: '55755',
  I: '72227',
  J: '11152',
  K: '55655',
  L: '44447',
  M: '57755',
  N: '65555',
  O: '25552',
  P: '65644',
  Q: '25563',
  R: '65655',
  S: '34216',
  T: '72222',
  U: '55557',
  V: '55552',
  W: '55775',
  X: '55255',
  Y: '55222',
  Z: '71247',
  '0': '75557',
  '1': '26227',
  '2': '61247',
  '3': '61216',
  '4': '55711',
  '5': '74616',
  '6': '34757',
  '7': '71222',
  '8': '75757',
  '9': '75716',
  '.': '00002',
  ',': '00024',
  ':': '02020',
  '-': '00700',
  '/': '11244',
  '%': '51245',
  '#': '57575',
  '(': '12221',
  ')': '42224',
  '@': '75747',
}

/** Writes capital letters, `dot` pixels to a dot; a character that has no letter is left blank. */
export function write(
  picture: Picture,
  text: string,
  place: { readonly x: number; readonly y: number; readonly dot: number },
  colour: Colour,
): void {
  const { y, dot } = place
  for (const [index, character] of [...text.toUpperCase()].entries())
    for (const [row, bits] of [...(letters[character] ?? '')].entries())
      for (let column = 0; column < 3; column += 1)
        if (Number(bits) & (4 >> column)) {
          const x = place.x + (index * 4 + column) * dot
          fill(picture, { x, y: y + row * dot, width: dot, height: dot }, colour)
        }
}
