import { crc32 } from 'node:zlib'
import { Problem } from '@tocsin/domain/problem.ts'
import { Unzip, type UnzipFile, UnzipInflate } from 'fflate'

const dataFile = /\.(csv|json|geojson|tsv|txt)$/i
// What macOS and publishers put beside the data.
const besides = /(^|\/)(__MACOSX\/|\.|readme|licen[cs]e|codebook)/i

/** The one data file of a zip archive, unpacked as it comes; `tooLarge` limits all that it holds. */
export async function* unzipped(
  bytes: AsyncIterable<Uint8Array>,
  tooLarge: (bytes: number) => boolean,
): AsyncGenerator<Uint8Array> {
  const archive = new OpenArchive(tooLarge)
  for await (const piece of bytes) yield* archive.push(piece, false)
  yield* archive.push(new Uint8Array(0), true)
  if (archive.files.length === 0) throw new Problem('source.archive-without-data')
  if (!archive.isWhole()) throw new Problem('source.damaged')
}

// The list of contents at the end of an archive, with the longest comment it may have.
const longestEnd = 131_072
const listedFile = Buffer.from('PK\x01\x02')
const checksumAt = 16

class OpenArchive {
  readonly files: string[] = []
  readonly #unzip = new Unzip((file) => this.#open(file))
  #unpacked: Uint8Array[] = []
  #problem: Problem | undefined

  #bytes = 0
  #checksum = 0
  #end = Buffer.alloc(0)
  readonly #tooLarge: (bytes: number) => boolean

  constructor(tooLarge: (bytes: number) => boolean) {
    this.#tooLarge = tooLarge
    this.#unzip.register(UnzipInflate)
  }

  push(piece: Uint8Array, last: boolean): readonly Uint8Array[] {
    try {
      this.#unzip.push(piece, last)
    } catch (error) {
      throw this.#problem ?? new Problem('source.damaged', {}, { cause: error })
    }
    if (this.#problem) throw this.#problem
    this.#end = Buffer.concat([this.#end, piece]).subarray(-longestEnd)
    const unpacked = this.#unpacked
    this.#unpacked = []
    return unpacked
  }

  /** Whether the archive lists a file with the checksum of what was unpacked (the library checks none). */
  isWhole(): boolean {
    for (let at = this.#end.indexOf(listedFile); at !== -1; ) {
      const checksum = at + checksumAt
      const listed = checksum + 4 <= this.#end.length && this.#end.readUInt32LE(checksum)
      if (listed === this.#checksum) return true
      at = this.#end.indexOf(listedFile, at + 1)
    }
    return false
  }

  // A file that is not wanted is unpacked too, and dropped: left closed, its bytes would pile up.
  #open(file: UnzipFile): void {
    const wanted = dataFile.test(file.name) && !besides.test(file.name)
    if (wanted) this.files.push(file.name.slice(-100))
    if (this.files.length > 1) {
      this.#problem ??= new Problem('source.archive-many', { files: this.files.join(', ') })
    }
    file.ondata = (error, data) => {
      if (error) {
        this.#problem ??= new Problem('source.damaged', {}, { cause: error })
        return
      }
      this.#bytes += data.length
      if (this.#tooLarge(this.#bytes)) this.#problem ??= new Problem('source.unpacks-too-large')
      if (!wanted) return
      this.#checksum = crc32(data, this.#checksum)
      this.#unpacked.push(data)
    }
    file.start()
  }
}
