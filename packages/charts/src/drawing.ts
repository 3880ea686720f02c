/** A figure as data: an SVG element, its attributes, and what is in it. No DOM, no strings to parse. */
export type Drawing = {
  readonly tag: string
  readonly attributes: Readonly<Record<string, string | number>>
  readonly children: readonly (Drawing | string)[]
}

type Attributes = Drawing['attributes']

export function draw(
  tag: string,
  attributes: Attributes = {},
  ...children: readonly (Drawing | string)[]
): Drawing {
  return { tag, attributes, children }
}

/** A whole figure of so many units; `label` says in words what it shows. */
export function figure(
  size: { readonly width: number; readonly height: number },
  label: string,
  children: readonly Drawing[],
): Drawing {
  const viewBox = `0 0 ${size.width} ${size.height}`
  // Numbers and dashes keep their order inside a figure in every script.
  const attributes = { viewBox, width: '100%', role: 'img', 'aria-label': label, direction: 'ltr' }
  return draw('svg', attributes, ...children)
}

/** Coordinates to a tenth of a unit: smaller steps cannot be seen. */
export const place = (value: number): number => Math.round(value * 10) / 10

type TextPlace = {
  readonly x: number
  readonly y: number
  readonly anchor?: 'start' | 'middle' | 'end'
  readonly colour?: string
  readonly size?: number
  readonly weight?: number
}

export function text(content: string, at: TextPlace): Drawing {
  const { x, y, anchor = 'start', colour = 'var(--ink-3)', size = 12.5, weight = 400 } = at
  return draw(
    'text',
    {
      x: place(x),
      y: place(y),
      'font-size': size,
      'font-weight': weight,
      fill: colour,
      'text-anchor': anchor,
    },
    content,
  )
}

export function line(path: string, colour: string, width = 1): Drawing {
  return draw('path', { d: path, stroke: colour, 'stroke-width': width, fill: 'none' })
}

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
}
const escaped = (value: string): string => value.replace(/[&<>"]/g, (sign) => escapes[sign] ?? '')

/** The figure as SVG text, for documents and files. */
export function toSvg({ tag, attributes, children }: Drawing): string {
  const pairs = Object.entries(attributes).map(
    ([name, value]) => ` ${name}="${escaped(String(value))}"`,
  )
  const inner = children.map((child) => (typeof child === 'string' ? escaped(child) : toSvg(child)))
  return `<${tag}${pairs.join('')}>${inner.join('')}</${tag}>`
}
