export { type DrawChainOptions, drawChain } from './drawChain.js'
export {
  type ChainExplanation,
  type ExplainedCertificate,
  type ExplainedCheck,
  explainChain,
  type PathRole,
} from './explainChain.js'
