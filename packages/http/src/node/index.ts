export { type NodeFetcherOptions, nodeFetcher, type ResolveName } from './nodeFetcher.js'
