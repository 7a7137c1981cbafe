// Apart from the schemas, so that the window can know these without the library that checks them.

/** No first read of a preview is longer, in bytes: the less, the sooner its first text is there. */
export const headBytes = 256 * 1024
/** What a preview of text goes on to by itself, in bytes. */
export const firstPartBytes = 1024 * 1024
/** No later read of a preview is longer, in bytes. */
export const maximumReadBytes = 4 * 1024 * 1024
/** No page of HTML is rendered that is longer, in UTF-16 units. */
export const maximumPageLength = 4 * 1024 * 1024
/** No picture that a document shows is larger, in bytes, and no document shows more of them, or more bytes. */
export const maximumPictureBytes = 4 * 1024 * 1024
export const maximumPictures = 32
export const maximumBytesOfPictures = 6 * 1024 * 1024
/** No page is laid out that is longer with the pictures in it, in UTF-16 units: they are written a third longer. */
export const maximumLaidOutLength = maximumPageLength + 2 * maximumBytesOfPictures
/** No reference to a picture is followed that is longer, in UTF-16 units. */
export const longestReference = 1_024
/** No more files are dragged or copied at once. */
export const maximumDragged = 1_000
