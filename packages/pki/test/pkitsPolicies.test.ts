import { type Certificate, parseCertificate } from '@cccd/pki'
import { type PathRequirements, verifyCertificatePath } from '@cccd/pki/path'
import { describe, expect, it } from 'vitest'
import { readVector, readVectorJson, sharedVectors } from '../../../test-vectors/shared.js'

/** NIST-test-policy-1, -2, …, and any-policy. */
const policy = (number: number): string => `2.16.840.1.101.3.2.1.48.${number}`
const any = '2.5.29.32.0'

const certificate = (file: string): Certificate => parseCertificate(readVector('pkits', 'certs', file))

async function outcome(ee: string, requirements: PathRequirements): Promise<unknown> {
  const { tests } = readVectorJson<{ tests: { ee: string; intermediates?: string[] }[] }>('pkits', 'tests.json')
  const { intermediates = [] } = tests.find((test) => test.ee === `${ee}.crt`) ?? {}
  const { status, reason, policies } = await verifyCertificatePath({
    certificate: certificate(`${ee}.crt`),
    anchors: [certificate('TrustAnchorRootCertificate.crt')],
    certificates: intermediates.map(certificate),
    at: '2012-01-01T00:00:00Z',
    ...requirements,
  })
  return status === 'passed' ? policies.map((oid) => (oid === any ? 'any' : oid.slice(-1))).join(' ') : reason
}

const only = (...numbers: number[]): PathRequirements => ({ policies: numbers.map(policy), requireExplicitPolicy: true })
const explicit: PathRequirements = { requireExplicitPolicy: true }

/** The inputs of RFC 5280 6.1.1 with which PKITS runs the same path again. */
describe.skipIf(sharedVectors === undefined)('NIST PKITS, the settings of its policy cases', () => {
  it.each<[string, string, PathRequirements, string]>([
    ['4.8.2 explicit', 'AllCertificatesNoPoliciesTest2EE', explicit, 'policy'],
    ['4.8.3 default', 'DifferentPoliciesTest3EE', {}, ''],
    ['4.8.3 explicit', 'DifferentPoliciesTest3EE', explicit, 'policy'],
    ['4.8.3 explicit, policies 1 and 2', 'DifferentPoliciesTest3EE', only(1, 2), 'policy'],
    ['4.8.6 default', 'OverlappingPoliciesTest6EE', {}, '1'],
    ['4.8.6 policy 1', 'OverlappingPoliciesTest6EE', only(1), '1'],
    ['4.8.6 policy 2', 'OverlappingPoliciesTest6EE', only(2), 'policy'],
    ['4.8.10 default', 'AllCertificatesSamePoliciesTest10EE', {}, '1 2'],
    ['4.8.10 policy 1', 'AllCertificatesSamePoliciesTest10EE', only(1), '1'],
    ['4.8.10 policy 2', 'AllCertificatesSamePoliciesTest10EE', only(2), '2'],
    ['4.8.11 default', 'AllCertificatesanyPolicyTest11EE', {}, 'any'],
    ['4.8.11 policy 1', 'AllCertificatesanyPolicyTest11EE', only(1), '1'],
    ['4.8.13 policy 1', 'AllCertificatesSamePoliciesTest13EE', only(1), '1'],
    ['4.8.13 policy 2', 'AllCertificatesSamePoliciesTest13EE', only(2), '2'],
    ['4.8.13 policy 3', 'AllCertificatesSamePoliciesTest13EE', only(3), '3'],
    ['4.8.14 policy 1', 'AnyPolicyTest14EE', only(1), '1'],
    ['4.8.14 policy 2', 'AnyPolicyTest14EE', only(2), 'policy'],
    ['4.10.11, a mapped policy under its name above', 'ValidPolicyMappingTest11EE', only(1), '1'],
    ['4.10.11, under its name below', 'ValidPolicyMappingTest11EE', only(2), 'policy'],
    ['4.10.11, mapping inhibited', 'ValidPolicyMappingTest11EE', { ...explicit, inhibitPolicyMapping: true }, 'policy'],
    ['4.12.3 default', 'inhibitAnyPolicyTest3EE', {}, '1'],
    ['4.12.3 any-policy inhibited', 'inhibitAnyPolicyTest3EE', { inhibitAnyPolicy: true, requireExplicitPolicy: true }, 'policy'],
  ])('%s', async (_, ee, requirements, expected) => {
    expect(await outcome(ee, requirements)).toBe(expected)
  })
})
