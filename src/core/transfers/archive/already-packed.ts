const packedTypes =
  /^(image\/(?!svg|bmp|tiff|x-)|video\/|audio\/(?!wav|x-wav)|font\/woff|application\/(zip|gzip|x-7z|x-rar|x-xz|zstd|pdf|java-archive|epub|vnd\.(openxmlformats|oasis)))/
const packedEndings =
  /\.(zip|gz|tgz|bz2|xz|zst|7z|rar|br|jar|apk|whl|jpe?g|png|gif|webp|avif|heic|mp[34]|m4[av]|mov|mkv|webm|ogg|opus|flac|aac|pdf|docx|xlsx|pptx|odt|ods|odp|epub|woff2?)$/i

/** Whether a file's bytes are packed already, so that packing them again takes time and saves nothing. */
export function isAlreadyPacked(name: string, mimeType: string | null): boolean {
  return packedEndings.test(name) || (mimeType !== null && packedTypes.test(mimeType))
}
