/**
 * A name or path with what can't be seen made visible: control characters, and those that turn the direction of text,
 * with which `exe.txt` can be made to look like `txt.exe`. Each is replaced by one character, so that places in the text
 * stay where they are.
 */
export function visibleName(name: string): string {
  return name.replaceAll(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, (character) => {
    const code = character.charCodeAt(0)
    return code < 0x20 ? String.fromCharCode(0x2400 + code) : '␦'
  })
}
