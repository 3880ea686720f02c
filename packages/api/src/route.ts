import { z } from 'zod'

/**
 * One HTTP operation, as data. Server, web and CLI all read the same object.
 *
 * `produces` names the media type of an answer that is not JSON (a file to save); such an answer is
 * text and `response` describes that text. `sends` names the media types of an answer of bytes, whose
 * `response` is `Bytes`. `consumes: 'stream'` marks an upload: the body is bytes.
 */
export type Route = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly path: `/${string}`
  readonly summary: string
  readonly params?: z.ZodObject
  readonly query?: z.ZodObject
  readonly body?: z.ZodType
  readonly consumes?: 'stream'
  readonly produces?: string
  readonly sends?: readonly string[]
  /** The most that its body may hold, in bytes, where that is more than usual. */
  readonly limit?: number
  /** The media type of TAXII where it is spoken: of what is asked, of answers and of errors. */
  readonly media?: string
  readonly response: z.ZodType
}

/** An answer that is no text: a document, an archive. */
export const Bytes = z.instanceof(Uint8Array)

type Part<R extends Route, K extends 'params' | 'query' | 'body'> = R extends {
  readonly [P in K]: infer S extends z.ZodType
}
  ? { readonly [P in K]: z.infer<S> }
  : unknown

type Stream<R extends Route> = R extends { readonly consumes: 'stream' }
  ? { readonly stream: AsyncIterable<Uint8Array> | Blob }
  : unknown

export type Input<R extends Route> = Part<R, 'params'> &
  Part<R, 'query'> &
  Part<R, 'body'> &
  Stream<R>
export type Output<R extends Route> = z.infer<R['response']>
