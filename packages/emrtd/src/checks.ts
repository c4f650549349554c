export {
  type CheckDescription,
  type CheckEntry,
  catalogueVersion,
  checkCatalogue,
  describeCheck,
} from './catalogue/describeCheck.js'
export { reasonTexts } from './catalogue/reasonTexts.js'
