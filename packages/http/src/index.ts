export { Deadline } from './Deadline.js'
export { HttpError, type HttpErrorCode, httpErrorCodes } from './errors.js'
export type { Fetcher, OutboundRequest, OutboundResponse } from './Fetcher.js'
export type { OutboundPolicy } from './OutboundPolicy.js'
export { isPublicAddress } from './target/isPublicAddress.js'
export {
  type WebFetch,
  type WebFetcherOptions,
  type WebFetchInit,
  type WebReader,
  type WebResponse,
  webFetcher,
} from './webFetcher.js'
