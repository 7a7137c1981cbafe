const samplesPerSecond = 22_050

/** Encodes notes, played one after another, as a WAV file: one channel, 16 bits. A frequency of 0 is a rest. */
export function encodeWav(notes: readonly { readonly hertz: number; readonly seconds: number }[]): Buffer {
  const lengths = notes.map(({ seconds }) => Math.round(seconds * samplesPerSecond))
  const dataBytes = lengths.reduce((sum, length) => sum + length, 0) * 2
  const file = Buffer.alloc(44 + dataBytes)
  file.write('RIFF', 0)
  file.writeUInt32LE(36 + dataBytes, 4)
  file.write('WAVEfmt ', 8)
  file.writeUInt32LE(16, 16)
  file.writeUInt16LE(1, 20)
  file.writeUInt16LE(1, 22)
  file.writeUInt32LE(samplesPerSecond, 24)
  file.writeUInt32LE(samplesPerSecond * 2, 28)
  file.writeUInt16LE(2, 32)
  file.writeUInt16LE(16, 34)
  file.write('data', 36)
  file.writeUInt32LE(dataBytes, 40)
  let offset = 44
  for (const [index, { hertz }] of notes.entries()) {
    const length = lengths[index] ?? 0
    for (let at = 0; at < length; at += 1) {
      // Fading at both ends keeps the loudspeaker from clicking.
      const loudness = Math.min(1, at / 400, (length - at) / 2_000)
      const value = Math.sin((2 * Math.PI * hertz * at) / samplesPerSecond)
      file.writeInt16LE(Math.round(value * loudness * 9_000), offset)
      offset += 2
    }
  }
  return file
}
