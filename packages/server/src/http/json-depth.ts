const DEEPEST = 64
const [QUOTE, BACKSLASH] = ['"'.charCodeAt(0), '\\'.charCodeAt(0)]
const opening = new Set(['[', '{'].map((sign) => sign.charCodeAt(0)))
const closing = new Set([']', '}'].map((sign) => sign.charCodeAt(0)))

/**
 * Whether a JSON text nests deeper than anything that is meant: looked at before it is parsed, for
 * millions of brackets cost the parser a hundred times what as many letters do.
 */
export function isTooDeep(json: string): boolean {
  let depth = 0
  for (let at = 0; at < json.length; at += 1) {
    const sign = json.charCodeAt(at)
    if (sign === QUOTE) at = endOfString(json, at)
    else if (opening.has(sign)) depth += 1
    else if (closing.has(sign)) depth -= 1
    if (depth > DEEPEST) return true
  }
  return false
}

/** Where the string that begins there ends, or the text, if it does not. */
function endOfString(json: string, begin: number): number {
  for (let at = begin; ; ) {
    at = json.indexOf('"', at + 1)
    if (at === -1) return json.length
    let escapes = 0
    while (json.charCodeAt(at - 1 - escapes) === BACKSLASH) escapes += 1
    if (escapes % 2 === 0) return at
  }
}
