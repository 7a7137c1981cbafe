import { errorCode, Failure, toFailure } from '../../failure.ts'

/** Says in a person's words what the disk refused, and for which file; passes everything else through. */
export function diskFailure(thrown: unknown, path: string): unknown {
  if (thrown instanceof Failure) return thrown
  const code = errorCode(thrown)
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    const why = code === 'EDQUOT' ? 'Your quota on the disk is used up' : 'The disk is full'
    return new Failure({ kind: 'disk-full', message: `${why}. “${path}” goes on when there is room.` })
  }
  const why = sentences[code]
  if (why === undefined) return toFailure(thrown)
  return new Failure({ kind: 'disk', code, message: `“${path}” could not be saved: ${why}` }, { cause: thrown })
}

const notAllowed = 'you may not write to this folder. Choose another, or change its permissions.'
const sentences: Readonly<Record<string, string>> = {
  EACCES: notAllowed,
  EPERM: notAllowed,
  EROFS: 'the disk can only be read. Choose another folder.',
  ENOENT: 'its folder is no longer there. Connect the disk again, or choose another folder.',
  ENOTDIR: 'a file is in the way where a folder is needed. Move it, then try again.',
  EISDIR: 'a folder is in the way. Move it, then try again.',
  ELOOP: 'a link is in the way, and nothing is written through links. Move it, then try again.',
  ENAMETOOLONG: 'its name or path is too long for this disk. Choose a folder with a shorter path.',
  EINVAL: 'this disk does not take a file of that name.',
  EFBIG: 'it is too large for this disk.',
  EMFILE: 'too many files are open on this computer. Close something, then try again.',
  ENFILE: 'too many files are open on this computer. Close something, then try again.',
  EBUSY: 'another program is using it. Close that, then try again.',
  EIO: 'the disk reported an error. Check the disk, then try again.',
  ENODEV: 'the disk is no longer there. Connect it again, then try again.',
  ENXIO: 'the disk is no longer there. Connect it again, then try again.',
}
