/** The codes of ISO/IEC 39794-5 and -1 by their numbers; `-` is a number that is not in use. */
const list = (names: string): readonly (string | undefined)[] => names.split(' ').map((name) => (name === '-' ? undefined : name))

export const imageDataFormats = /* @__PURE__ */ list('- - jpeg jpeg2000Lossy jpeg2000Lossless png')
export const faceImageKinds = /* @__PURE__ */ list('mrtd generalPurpose')
export const lossyAttempts = /* @__PURE__ */ list('unknown zero one moreThanOne')
export const colourSpaces = /* @__PURE__ */ list('unknown other rgb24Bit rgb48Bit yuv422 greyscale8Bit greyscale16Bit')
export const technologies = /* @__PURE__ */ list(
  'unknown staticPhotographFromUnknownSource staticPhotographFromDigitalStillImageCamera staticPhotographFromScanner videoFrameFromUnknownSource videoFrameFromAnalogueVideoCamera videoFrameFromDigitalVideoCamera',
)
export const genders = /* @__PURE__ */ list('unknown other male female')
export const eyeColours = /* @__PURE__ */ list('unknown other black blue brown grey green hazel multi-coloured pink')
export const hairColours = /* @__PURE__ */ list('unknown other bald black blonde brown grey white red knownColoured')
export const scoringErrors = /* @__PURE__ */ list('failureToAssess')
export const padDecisions = /* @__PURE__ */ list('noAttack attack failureToAssess')
export const padContexts = /* @__PURE__ */ list('enrolment verification identification')
export const padSupervision = /* @__PURE__ */ list('unknown controlled assisted observed unattended')
export const padCriteria = /* @__PURE__ */ list('unknown individual common')

/** Members of blocks of BOOLEANs by their context tags. */
export const processing =
  'rotated cropped downSampled whiteBalanceAdjusted multiplyCompressed interpolated contrastStretched poseCorrected multiViewImage ageProgressed superResolutionProcessed normalised'
export const spectra = 'whiteLight nearInfrared thermal'
export const properties =
  'glasses moustache beard teethVisible pupilOrIrisNotVisible mouthOpen leftEyePatch rightEyePatch darkGlasses biometricAbsent headCoveringsPresent'
export const expressions = 'neutral smile raisedEyebrows eyesLookingAwayFromTheCamera squinting frowning'

/** How many MPEG-4 feature points the groups 2 to 12 have; codes count through them. */
const mpeg4Groups = [14, 14, 6, 4, 4, 1, 10, 15, 10, 6, 4]

/** Group and number of an MPEG-4 feature point by its code. */
export function mpeg4Point(code: number): string | undefined {
  let rest = code
  for (const [index, size] of mpeg4Groups.entries()) {
    if (rest < size) return `${index + 2}.${rest + 1}`
    rest -= size
  }
  return undefined
}

export const landmarkNames = /* @__PURE__ */ list(
  'vertex glabella opisthocranion eurionLeft eurionRight frontotemporaleLeft frontotemporaleRight trichion zygionLeft zygionRight gonionLeft gonionRight sublabiale pogonion menton condylionLateraleLeft condylionLateraleRight endocanthionLeft endocanthionRight exocanthionLeft exocanthionRight centerPointOfPupilLeft centerPointOfPupilRight orbitaleLeft orbitaleRight palpebraleSuperiusLeft palpebraleSuperiusRight palpebraleInferiusLeft palpebraleInferiusRight orbitaleSuperiusLeft orbitaleSuperiusRight superciliareLeft superciliareRight nasion sellion alareLeft alareRight pronasale subnasale subalare alarCurvatureLeft alarCurvatureRight maxillofrontale christaPhiltraLandmarkLeft christaPhiltraLandmarkRight labialeSuperius labialeInferius cheilionLeft cheilionRight stomion superauraleLeft superauraleRight subauraleLeft subauraleRight preaurale postaurale otobasionSuperiusLeft otobasionSuperiusRight otobasionInferius porion tragion',
)
