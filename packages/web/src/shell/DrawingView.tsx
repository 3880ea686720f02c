import type { Drawing } from '@tocsin/charts/drawing.ts'
import { createElement, type ReactNode } from 'react'

/** A figure of `charts` on the page. */
export function DrawingView({ drawing }: { readonly drawing: Drawing }) {
  return asElement(drawing, 0)
}

function asElement({ tag, attributes, children }: Drawing, key: number): ReactNode {
  const properties = Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [propertyOf(name), value]),
  )
  const inner = children.map((child, index) =>
    typeof child === 'string' ? child : asElement(child, index),
  )
  return createElement(tag, { ...properties, key }, ...inner)
}

/** React's name of an SVG attribute: `stroke-width` is `strokeWidth`; `aria-` stays as it is. */
function propertyOf(name: string): string {
  if (name === 'class') return 'className'
  if (name.startsWith('aria-')) return name
  return name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
}
