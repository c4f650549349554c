// Words that make people and places recognisable as examples ("mẫu", "ví dụ", "thử nghiệm": sample, example, test) and
// still exercise every diacritic, both forms of Đ, and names of every length.

export const surnames = [
  'Nguyễn',
  'Trần',
  'Lê',
  'Phạm',
  'Đặng',
  'Đỗ',
  'Đinh',
  'Võ',
  'Bùi',
  'Hồ',
  'Ngô',
  'Dương',
  'Lý',
  'Âu',
  'Ưng',
]

export const maleMiddleNames = ['Văn', 'Đức', 'Hữu', 'Minh', 'Quốc', 'Đình']

export const femaleMiddleNames = ['Thị', 'Ngọc', 'Thùy', 'Diệu', 'Như', 'Mỹ']

export const givenNames = [
  'Mẫu',
  'Thử',
  'Ví Dụ',
  'Kiểm Thử',
  'Giả Định',
  'Minh Họa',
  'Đối Chiếu',
  'Ước Lượng',
  'Thí Nghiệm',
  'Tưởng Tượng',
]

/** Longer than the thirty characters of the MRZ. */
export const longNames = {
  male: 'Nguyễn Phước Bảo Đối Chiếu Thử Nghiệm Minh Họa',
  female: 'Công Tằng Tôn Nữ Thị Ví Dụ Thử Nghiệm Minh Họa',
} as const

export const communes = ['Xã Ví Dụ', 'Phường Mẫu', 'Xã Không Có Thật', 'Thị trấn Thử Nghiệm', 'Phường Giả Định']

export const districts = ['Huyện Minh Họa', 'Quận Mẫu', 'Huyện Giả Định', 'Thị xã Thử Nghiệm']

export const hamlets = ['Số 1 Đường Thử Nghiệm', 'Tổ 5, Khu phố Mẫu', 'Ấp Ví Dụ', 'Thôn Tưởng Tượng', 'Số 12/3 Ngõ Giả Định']

export const ethnicities = ['Kinh', 'Kinh', 'Kinh', 'Tày', 'Ê Đê', 'Khmer']

export const religions = ['Không', 'Không', 'Phật giáo', 'Công giáo', 'Cao Đài']

export const identifyingMarks = [
  'Nốt ruồi cách 1cm trên đuôi mày phải',
  'Sẹo chấm cách 2cm dưới trước đầu lông mày trái',
  'Nốt ruồi cách 1,5cm sau cánh mũi phải',
  'Không',
]
