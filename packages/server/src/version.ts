import manifest from '../package.json' with { type: 'json' }

/** The version of the product: `0.1.0`. */
export const productVersion: string = manifest.version
