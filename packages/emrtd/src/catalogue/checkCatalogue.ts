import type { Language } from '@cccd/core'

/** What a check is about, once per id. */
export interface CheckEntry {
  readonly title: Readonly<Record<Language, string>>
  /** What is known when it passed. */
  readonly proves: Readonly<Record<Language, string>>
  /** What is not known even then. */
  readonly doesNotProve: Readonly<Record<Language, string>>
  /** What it means when it failed. */
  readonly failed: Readonly<Record<Language, string>>
  /** Whether somebody who was not there can be shown that it passed. */
  readonly convincesThirdParty: boolean
}

const dataGroups: Readonly<Record<number, Readonly<Record<Language, string>>>> = {
  1: { vi: 'dữ liệu MRZ (DG1)', en: 'the machine readable zone (DG1)' },
  2: { vi: 'ảnh khuôn mặt (DG2)', en: 'the portrait (DG2)' },
  3: { vi: 'vân tay (DG3)', en: 'the fingerprints (DG3)' },
  4: { vi: 'mống mắt (DG4)', en: 'the iris images (DG4)' },
  7: { vi: 'hình chữ ký (DG7)', en: 'the displayed signature (DG7)' },
  11: { vi: 'thông tin cá nhân bổ sung (DG11)', en: 'the additional personal details (DG11)' },
  12: { vi: 'thông tin giấy tờ bổ sung (DG12)', en: 'the additional document details (DG12)' },
  13: { vi: 'thông tin căn cước của Việt Nam (DG13)', en: 'the Vietnamese identity data (DG13)' },
  14: { vi: 'danh sách giao thức bảo mật (DG14)', en: 'the security options (DG14)' },
  15: { vi: 'khóa xác thực chủ động (DG15)', en: 'the Active Authentication key (DG15)' },
}

function hashEntry(number: number): CheckEntry {
  const group = dataGroups[number] ?? { vi: `nhóm dữ liệu DG${number}`, en: `data group DG${number}` }
  return {
    title: { vi: `Toàn vẹn: ${group.vi}`, en: `Integrity of ${group.en}` },
    proves: {
      vi: `Từng byte của ${group.vi} đúng như bên ký SOD đã ký.`,
      en: `Every byte of ${group.en} is what the signer of the security object signed.`,
    },
    doesNotProve: {
      vi: 'Không cho biết bên ký là ai (xem chain.csca, signer.pinned, online.issuer) và chip có phải bản sao hay không.',
      en: 'Not who the signer is (see chain.csca, signer.pinned, online.issuer), nor that the chip is not a copy.',
    },
    failed: {
      vi: `${capital(group.vi)} đã bị thay đổi, bị thêm vào hoặc được liệt kê sai. Không dùng dữ liệu này.`,
      en: `${capital(group.en)} was changed, added or listed wrongly. Do not use this data.`,
    },
    convincesThirdParty: true,
  }
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** Version of the texts: a stored report can be explained with the words of its day. */
export const catalogueVersion = 1

/** Every check by id. */
export const checkCatalogue: ReadonlyMap<string, CheckEntry> = /* @__PURE__ */ new Map<string, CheckEntry>([
  [
    'sod.signature',
    {
      title: { vi: 'Chữ ký của SOD', en: 'Signature of the security object' },
      proves: {
        vi: 'Danh sách giá trị băm của các nhóm dữ liệu được ký bằng khóa của chứng thư trong SOD và chưa bị sửa.',
        en: 'The list of data group hashes was signed with the key of the certificate in it and has not been changed.',
      },
      doesNotProve: {
        vi: 'Không cho biết chứng thư đó có phải của cơ quan cấp thẻ hay không: ai cũng có thể tự tạo chứng thư.',
        en: 'Not that the certificate is the issuing authority’s: anybody can make one.',
      },
      failed: {
        vi: 'Chữ ký, cấu trúc hoặc giá trị băm sai: dữ liệu trong chip không đáng tin.',
        en: 'Signature, structure or digest is wrong: nothing in the chip can be relied on.',
      },
      convincesThirdParty: true,
    },
  ],
  [
    'chain.csca',
    {
      title: { vi: 'Chuỗi chứng thư tới CSCA quốc gia', en: 'Chain to the country signing CA' },
      proves: {
        vi: 'CSCA mà người vận hành tin cậy đã cấp chứng thư cho bên ký SOD.',
        en: 'A country signing CA that the operator trusts issued the certificate of the signer.',
      },
      doesNotProve: {
        vi: 'Không cho biết thẻ còn hiệu lực, chip là bản gốc hay người cầm thẻ là chủ thẻ.',
        en: 'Not that the document is still valid, the chip the original, or the bearer its holder.',
      },
      failed: {
        vi: 'Chứng thư của bên ký không do CSCA mà nó nêu cấp, đã bị thu hồi, hoặc CSCA đó không được phép: coi là giả mạo.',
        en: 'The signer’s certificate was not issued by the CA it names, was revoked, or that CA may not: treat it as forged.',
      },
      convincesThirdParty: true,
    },
  ],
  [
    'chain.validity-at-signing',
    {
      title: { vi: 'Hiệu lực chứng thư khi ký', en: 'Validity of the certificates at signing' },
      proves: {
        vi: 'Các chứng thư của chuỗi còn hiệu lực vào thời điểm mà bên ký ghi.',
        en: 'The certificates of the chain were valid at the time that the signer states.',
      },
      doesNotProve: {
        vi: 'Thời điểm do chính bên ký ghi, không có dấu thời gian độc lập.',
        en: 'The time is the signer’s own statement, no independent timestamp.',
      },
      failed: {
        vi: 'Chứng thư chưa hoặc hết hiệu lực vào thời điểm ký.',
        en: 'A certificate was not yet or no longer valid at signing.',
      },
      convincesThirdParty: true,
    },
  ],
  [
    'chain.validity-now',
    {
      title: { vi: 'Hiệu lực chứng thư hiện tại', en: 'Validity of the certificates now' },
      proves: {
        vi: 'Các chứng thư của chuỗi còn hiệu lực vào thời điểm kiểm tra.',
        en: 'The certificates of the chain are valid at the time of the verdict.',
      },
      doesNotProve: {
        vi: 'Không cho biết chứng thư có bị thu hồi hay không.',
        en: 'Not that no certificate was revoked.',
      },
      failed: {
        vi: 'Chứng thư chưa hoặc hết hiệu lực vào thời điểm kiểm tra.',
        en: 'A certificate is not yet or no longer valid.',
      },
      convincesThirdParty: true,
    },
  ],
  [
    'signer.pinned',
    {
      title: { vi: 'Chứng thư ký được ghim', en: 'Pinned document signer' },
      proves: {
        vi: 'Người vận hành đã xác nhận và ghim đúng chứng thư ký này.',
        en: 'The operator confirmed and pinned this very signer’s certificate.',
      },
      doesNotProve: {
        vi: 'Chỉ chắc chắn bằng nguồn mà người vận hành đã dùng để xác nhận; không thay cho CSCA quốc gia.',
        en: 'It is as good as the source that the operator confirmed it with, and no country CA.',
      },
      failed: {
        vi: 'Ghim đã bị rút hoặc không được dùng ở đây: không tin bên ký này.',
        en: 'The pin was withdrawn or may not be used here: do not trust this signer.',
      },
      convincesThirdParty: false,
    },
  ],
  [
    'online.issuer',
    {
      title: { vi: 'Xác nhận trực tuyến của cơ quan cấp', en: 'Online confirmation of the issuer' },
      proves: {
        vi: 'Dịch vụ của Bộ Công an (qua nhà cung cấp) xác nhận chính bộ dữ liệu này.',
        en: 'The ministry’s service, through a provider, confirmed these very files.',
      },
      doesNotProve: {
        vi: 'Chữ ký của câu trả lời do nhà cung cấp kiểm tra; không cho biết chip là bản gốc.',
        en: 'The answer’s own signature is the provider’s to check; not that the chip is the original.',
      },
      failed: {
        vi: 'Câu trả lời thuộc về bộ dữ liệu khác.',
        en: 'The answer belongs to other files.',
      },
      convincesThirdParty: false,
    },
  ],
  ...Array.from({ length: 16 }, (_, index) => [`dg${index + 1}.hash`, hashEntry(index + 1)] as const),
  [
    'aa.signature',
    {
      title: { vi: 'Xác thực chủ động', en: 'Active Authentication' },
      proves: {
        vi: 'Chip giữ khóa bí mật ứng với DG15 đã được ký, và trả lời đúng thử thách của bên kiểm tra: chip không phải bản sao.',
        en: 'The chip holds the private key of the signed DG15 and answered the verifier’s own challenge: it is not a copy.',
      },
      doesNotProve: {
        vi: 'Không cho biết người cầm thẻ là chủ thẻ, và thẻ có mặt tại chỗ hay được chuyển tiếp từ xa.',
        en: 'Not that the bearer is the holder, nor that the card was here and not relayed from elsewhere.',
      },
      failed: {
        vi: 'Chip không chứng minh được khóa, dùng lại câu trả lời cũ hoặc giấu khóa: có thể là bản sao.',
        en: 'The chip could not prove its key, replayed an old answer or hid the key: it may be a copy.',
      },
      convincesThirdParty: true,
    },
  ],
  [
    'ca.keys',
    {
      title: { vi: 'Xác thực chip', en: 'Chip Authentication' },
      proves: {
        vi: 'Chip giữ khóa bí mật ứng với DG14 đã được ký: chip không phải bản sao; kênh đọc được mã hóa tới chính chip đó.',
        en: 'The chip holds the private key of the signed DG14: it is not a copy, and the channel ends in it.',
      },
      doesNotProve: {
        vi: 'Chỉ chứng minh cho bên trực tiếp điều khiển kênh; không chứng minh được cho người khác.',
        en: 'Only to who drove the channel; nobody else can be convinced by the transcript.',
      },
      failed: {
        vi: 'Chip không dùng được khóa mà DG14 đã ký nêu ra: có thể là bản sao.',
        en: 'The chip could not use the key that the signed DG14 names: it may be a copy.',
      },
      convincesThirdParty: false,
    },
  ],
  [
    'cam.key',
    {
      title: { vi: 'PACE với xác thực chip (PACE-CAM)', en: 'PACE with chip authentication mapping' },
      proves: {
        vi: 'Chip giữ khóa bí mật ứng với EF.CardSecurity đã được ký: chip không phải bản sao.',
        en: 'The chip holds the private key of the signed EF.CardSecurity: it is not a copy.',
      },
      doesNotProve: {
        vi: 'Chỉ chứng minh cho bên trực tiếp điều khiển kênh; không chứng minh được cho người khác.',
        en: 'Only to who drove the channel; nobody else can be convinced by the transcript.',
      },
      failed: {
        vi: 'Khóa mà chip đã dùng không phải khóa đã được ký: có thể là bản sao.',
        en: 'The key that the chip used is not the signed one: it may be a copy.',
      },
      convincesThirdParty: false,
    },
  ],
  [
    'pace.downgrade',
    {
      title: { vi: 'Không bị hạ cấp giao thức', en: 'No downgrade of the access protocol' },
      proves: {
        vi: 'Giao thức mở chip không yếu hơn giao thức mà danh sách đã ký nêu ra.',
        en: 'The protocol that opened the chip is not weaker than the signed list offers.',
      },
      doesNotProve: {
        vi: 'Không cho biết nội dung thẻ có thật hay không.',
        en: 'Nothing about the content of the document.',
      },
      failed: {
        vi: 'Chip hoặc kẻ đứng giữa đã ép dùng giao thức yếu hơn; dữ liệu truyền có thể bị nghe lén.',
        en: 'The chip, or somebody in between, brought a weaker protocol about; the exchange may have been overheard.',
      },
      convincesThirdParty: false,
    },
  ],
  [
    'card-access.match',
    {
      title: { vi: 'EF.CardAccess khớp với DG14', en: 'EF.CardAccess matches DG14' },
      proves: {
        vi: 'Danh sách PACE chưa ký đọc lúc đầu giống với danh sách đã ký trong DG14.',
        en: 'The unsigned PACE offers that were read first are those of the signed DG14.',
      },
      doesNotProve: {
        vi: 'Không cho biết nội dung thẻ có thật hay không.',
        en: 'Nothing about the content of the document.',
      },
      failed: {
        vi: 'Danh sách đã bị thay đổi: có thể có kẻ đứng giữa hoặc chip giả.',
        en: 'The list was changed: somebody stood in between, or the chip is not genuine.',
      },
      convincesThirdParty: false,
    },
  ],
  [
    'access.protocol',
    {
      title: { vi: 'Cách mở chip', en: 'How the chip was opened' },
      proves: {
        vi: 'Chính tiến trình này đã mở chip bằng mật khẩu in trên thẻ (CAN hoặc MRZ) và giao thức đã ghi.',
        en: 'This very process opened the chip with a password printed on the card (CAN or MRZ) and the protocol noted.',
      },
      doesNotProve: {
        vi: 'Mật khẩu suy ra được từ số định danh: ai biết số đó cũng mở được chip.',
        en: 'The password follows from the personal number: whoever knows that can open the chip.',
      },
      failed: {
        vi: 'Chip không được mở bằng giao thức được phép.',
        en: 'The chip was not opened with a protocol that is allowed.',
      },
      convincesThirdParty: false,
    },
  ],
  [
    'document.expiry',
    {
      title: { vi: 'Thời hạn của thẻ', en: 'Expiry of the document' },
      proves: {
        vi: 'Theo dữ liệu đã ký, thẻ còn thời hạn hoặc không thời hạn vào thời điểm kiểm tra.',
        en: 'By the signed data the document has not expired at the time of the verdict, or never does.',
      },
      doesNotProve: {
        vi: 'Không cho biết thẻ có bị thu hồi, báo mất hay đã được cấp đổi.',
        en: 'Not that it was not withdrawn, reported lost or replaced.',
      },
      failed: { vi: 'Thẻ đã hết hạn.', en: 'The document has expired.' },
      convincesThirdParty: true,
    },
  ],
  [
    'document.consistency',
    {
      title: { vi: 'Các nguồn khớp nhau', en: 'The sources agree' },
      proves: {
        vi: 'DG1, DG11, DG13, mã QR, MRZ in và thông tin khai báo không mâu thuẫn về cùng một người.',
        en: 'DG1, DG11, DG13, QR, printed MRZ and what was entered do not contradict about one person.',
      },
      doesNotProve: {
        vi: 'Mã QR và chữ in không được ký: khớp nhau chưa phải là thật.',
        en: 'QR and print are unsigned: that they agree does not make them genuine.',
      },
      failed: {
        vi: 'Các nguồn mâu thuẫn: có thể chip, mã QR hoặc phần in thuộc về thẻ khác, hoặc khai báo sai.',
        en: 'The sources contradict: chip, QR or print may be of another card, or what was entered is wrong.',
      },
      convincesThirdParty: false,
    },
  ],
])
