import type { Context } from './context.ts'

/** Says how far a long computation is, where somebody looks on. */
export function progressOf({ json }: Context): (done: number, all: number | null) => void {
  return (done, all) => {
    if (!json && process.stderr.isTTY) process.stderr.write(`\r${done}/${all ?? '?'} `)
  }
}
