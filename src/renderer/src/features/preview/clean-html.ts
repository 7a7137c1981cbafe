import DOMPurify from 'dompurify'

const noForms = ['form', 'input', 'button', 'select', 'textarea', 'option', 'dialog', 'label']
const noEmbeds = [
  'iframe',
  'frame',
  'object',
  'embed',
  'audio',
  'video',
  'source',
  'track',
  'picture',
  'canvas',
  'math',
]

/** A picture that a document refers to and that is not there yet; nothing is fetched for it until `show` is called. */
export type WantedPicture = { readonly reference: string; readonly show: (dataUrl: string) => void }

/**
 * Takes all out of HTML that was made from Markdown but text and its looks: no scripts, styles, forms or anything that
 * is fetched. A picture is kept where it carries its own bytes, else its description stands for it until it is shown.
 */
export function cleanFragment(html: string): { fragment: DocumentFragment; wanted: readonly WantedPicture[] } {
  const fragment = DOMPurify.sanitize(html, {
    RETURN_DOM_FRAGMENT: true,
    USE_PROFILES: { html: true },
    FORBID_TAGS: ['style', ...noForms, ...noEmbeds],
    FORBID_ATTR: ['style', 'id', 'name', 'class', 'srcset', 'background', 'ping', 'target'],
    ALLOW_DATA_ATTR: false,
  })
  const wanted = withoutAddresses(fragment).map(({ image, reference }) => {
    const words = new Text(`[${textFor(image)}]`)
    image.replaceWith(words)
    const show = (dataUrl: string) => {
      words.replaceWith(image)
      image.src = dataUrl
    }
    return { reference, show }
  })
  for (const link of fragment.querySelectorAll('a, area')) disarm(link)
  return { fragment, wanted }
}

/**
 * Takes out of a whole page what could run, or reach beyond it. What is left still goes to a sandboxed frame of its own,
 * where its styles apply and nothing else does. `text` answers the page with the pictures that were shown by then.
 */
export function cleanPage(html: string): { text: () => string; wanted: readonly WantedPicture[] } {
  const cleaned = DOMPurify.sanitize(html, {
    WHOLE_DOCUMENT: true,
    FORCE_BODY: false,
    ADD_TAGS: ['style', 'title', 'head', 'body'],
    FORBID_TAGS: ['form', 'dialog', 'link', 'meta', 'base', ...noEmbeds],
    FORBID_ATTR: ['srcset', 'ping', 'target', 'action', 'formaction'],
    RETURN_DOM: true,
  }) as HTMLElement
  const wanted = withoutAddresses(cleaned).map(({ image, reference }) => ({
    reference,
    show: (dataUrl: string) => image.setAttribute('src', dataUrl),
  }))
  for (const link of cleaned.querySelectorAll('a, area')) disarm(link)
  return { text: () => `<!doctype html>${cleaned.outerHTML}`, wanted }
}

/** Takes the address off every picture that does not carry its own bytes; answers those pictures, each with what it was. */
function withoutAddresses(root: ParentNode): readonly { image: HTMLImageElement; reference: string }[] {
  return [...root.querySelectorAll('img')]
    .filter((image) => !isInline(image))
    .map((image) => {
      const reference = image.getAttribute('src') ?? ''
      image.removeAttribute('src')
      return { image, reference }
    })
}

function isInline(image: Element): boolean {
  return /^data:image\/(png|jpeg|gif|webp|avif);/i.test(image.getAttribute('src') ?? '')
}

function textFor(image: Element): string {
  return image.getAttribute('alt')?.trim() || 'picture'
}

/** A link stays to be read: where it leads is told, and nothing happens on a click. */
function disarm(link: Element): void {
  const target = link.getAttribute('href')
  link.removeAttribute('href')
  link.removeAttribute('xlink:href')
  if (target && !target.startsWith('#')) link.setAttribute('title', target)
}
