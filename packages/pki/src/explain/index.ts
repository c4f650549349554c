export type { ChainExplanation, ExplainedCertificate, ExplanationNode, ExplanationStep } from './ChainExplanation.js'
export { type DrawChainOptions, drawChain } from './drawChain.js'
export { explainChain } from './explainChain.js'
