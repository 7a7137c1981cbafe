// Apart from the schemas, so that the window can know these without the library that checks them.

/** The columns of the file list, in the order they have to start with. */
export const columns = ['name', 'size', 'updatedAt', 'createdBy', 'mimeType'] as const
