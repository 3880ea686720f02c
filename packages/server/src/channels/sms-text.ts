import type { Message } from './channel.ts'

/** The basic alphabet of short messages (3GPP TS 23.038); what stands after it takes two places. */
const basic = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
)
const extended = new Set('^{}\\[~]|€')

const SEVEN_BIT_PLACES = 160
const WIDE_PLACES = 70

export type ShortText = { readonly text: string; readonly alphabet: 'gsm7' | 'ucs2' }

/** The text with its alphabet, if it fits one message; undefined where it would be torn apart. */
function fitting(text: string): ShortText | undefined {
  const signs = [...text]
  if (signs.every((sign) => basic.has(sign) || extended.has(sign))) {
    const places = signs.reduce((sum, sign) => sum + (extended.has(sign) ? 2 : 1), 0)
    return places <= SEVEN_BIT_PLACES ? { text, alphabet: 'gsm7' } : undefined
  }
  return text.length <= WIDE_PLACES ? { text, alphabet: 'ucs2' } : undefined
}

/**
 * The notice as one short message: in words with its link; where the writing leaves too little room,
 * number, level and link without words; where the link alone is too long, in words without it.
 */
export function shortTextOf({ brief, symbol, link }: Message): ShortText {
  return (
    fitting(`${brief} ${link}`) ??
    fitting(`${symbol} ${link}`) ??
    fitting(brief) ?? { text: symbol.slice(0, WIDE_PLACES), alphabet: 'ucs2' }
  )
}

/** A number as gateways take it: a plus sign and digits, nothing that could be another field. */
export const isNumber = (to: string): boolean => /^\+[1-9]\d{6,14}$/.test(to)
