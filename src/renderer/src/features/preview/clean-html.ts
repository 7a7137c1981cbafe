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

/**
 * Takes all out of HTML that was made from Markdown but text and its looks: no scripts, styles, forms or anything that
 * is fetched. A picture is kept where it carries its own bytes, else its description stands for it.
 */
export function cleanFragment(html: string): DocumentFragment {
  const fragment = DOMPurify.sanitize(html, {
    RETURN_DOM_FRAGMENT: true,
    USE_PROFILES: { html: true },
    FORBID_TAGS: ['style', ...noForms, ...noEmbeds],
    FORBID_ATTR: ['style', 'id', 'name', 'class', 'srcset', 'background', 'ping', 'target'],
    ALLOW_DATA_ATTR: false,
  })
  for (const image of fragment.querySelectorAll('img')) if (!isInline(image)) image.replaceWith(`[${textFor(image)}]`)
  for (const link of fragment.querySelectorAll('a, area')) disarm(link)
  return fragment
}

/**
 * Takes out of a whole page what could run, or reach beyond it. What is left still goes to a sandboxed frame of its own,
 * where its styles apply and nothing else does.
 */
export function cleanPage(html: string): string {
  const cleaned = DOMPurify.sanitize(html, {
    WHOLE_DOCUMENT: true,
    FORCE_BODY: false,
    ADD_TAGS: ['style', 'title', 'head', 'body'],
    FORBID_TAGS: ['form', 'dialog', 'link', 'meta', 'base', ...noEmbeds],
    FORBID_ATTR: ['srcset', 'ping', 'target', 'action', 'formaction'],
    RETURN_DOM: true,
  }) as HTMLElement
  for (const image of cleaned.querySelectorAll('img')) if (!isInline(image)) image.removeAttribute('src')
  for (const link of cleaned.querySelectorAll('a, area')) disarm(link)
  return `<!doctype html>${cleaned.outerHTML}`
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
