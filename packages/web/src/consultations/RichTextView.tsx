import { directionOf, type Locale } from '@tocsin/domain/locale.ts'
import type { Block, Run } from '@tocsin/domain/rich-text.ts'
import { createElement, type ReactNode } from 'react'

type Props = { readonly text: readonly Block[]; readonly locale: Locale }

/** What somebody said, drawn as text alone: nothing in it is a link or does anything. */
export function RichTextView({ text, locale }: Props) {
  // Parts without names of their own: handed over one by one, in their order.
  const props = { className: 'rich', lang: locale, dir: directionOf(locale) }
  return createElement('div', props, ...text.map(drawn))
}

function drawn(block: Block): ReactNode {
  if (block.kind === 'paragraph') return createElement('p', null, ...block.runs.map(runOf))
  const items = block.items.map((runs) => createElement('li', null, ...runs.map(runOf)))
  return createElement(block.isNumbered ? 'ol' : 'ul', null, ...items)
}

const runOf = (run: Run): ReactNode => {
  if (typeof run === 'string') return run
  return 'bold' in run ? <b>{run.bold}</b> : <em>{run.italic}</em>
}
